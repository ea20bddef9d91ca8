"""The model a second time, slowly: plain Python, one page per mechanism, to check the engine by.

Nothing here is compiled, arrays are lists of records, and no line is shared with
`maabar.engine` or `maabar.mechanisms`; only the registry's names are (`maabar.variables`).  Every
formula is written as it is said in the model's description, in the order of a day.

`maabar`'s engine must give the same events, holders, men and postures, and the same money, prices
and beliefs but for rounding: `tests/test_oracle.py`.
"""
