"""Aims, attempts, promises, denials, fears and conditions are not told as done."""

import pytest

from maabar.reader import read


def modes(text: str, kind: str) -> set[tuple[str, str]]:
    """(modality, polarity) of the claims of a type."""
    return {(c.modality, c.polarity) for c in read(text.encode()).claims if c.type == kind}


def told(text: str, kind: str) -> set[tuple[str, str]]:
    """(modality, polarity) of the claims of a type that stand in a main clause."""
    claims = read(text.encode()).claims
    return {(c.modality, c.polarity) for c in claims if c.type == kind and c.tier == "explicit"}


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("قصفت الفرقة الرابعة بلدة هجين.", "STRIKE", {("asserted", "positive")}),
        ("لم تنسحب الفرقة الرابعة من التبني.", "WITHDRAWAL", {("asserted", "negative")}),
        ("افتتحت قسد مكتباً لتجنيد الشبان.", "RECRUITMENT", {("purpose", "positive")}),
        ("ستنسحب القوات الروسية من القامشلي.", "WITHDRAWAL", {("expected", "positive")}),
        ("نزحت عائلات من هجين خوفاً من القصف.", "STRIKE", set()),
        ("نفت قسد الأنباء التي تحدثت عن انسحاب القوات الأميركية.", "WITHDRAWAL", set()),
        ("لم ترد معلومات عن خسائر بشرية.", "CASUALTIES", set()),
        ("نفى مصدر عسكري وقوع أي اشتباكات في المدينة.", "CLASH", {("asserted", "negative")}),
        ("لم يتسن التأكد من صحة أنباء مقتل القيادي.", "CASUALTIES", set()),
        ("كادت الاشتباكات أن تندلع بين الطرفين.", "CLASH", set()),
        ("أنكرت قسد مسؤوليتها عن القصف.", "STRIKE", set()),
        ("If the SDF withdraws, the regime will take over the town.", "TAKEOVER", set()),
        ("There is no sign that the Fourth Division is withdrawing.", "WITHDRAWAL", set()),
        ("The SDF denied that it had arrested civilians.", "DETENTION", {("asserted", "negative")}),
        ("توصل الطرفان إلى تفاهم يقضي بسحب المسلحين.", "WITHDRAWAL", {("expected", "positive")}),
    ],
)
def test_modality(text: str, kind: str, wanted: set[tuple[str, str]]) -> None:
    assert modes(text, kind) == wanted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("وجه التنظيم تهديدات، مهدداً بقصف البلدة.", "STRIKE"),
        ("لم تُعرف صحة ما تداولته صفحات محلية عن انسحاب الحرس الثوري من الميادين.", "WITHDRAWAL"),
        ("دعا التحالف الطرفين إلى وقف القتال في ذيبان.", "CLASH"),
        ("شيّع أهالي المنصورة جثماني القتيلين.", "CASUALTIES"),
        ("Had the crossings been shut, prices would have doubled.", "RESTRICT"),
        ("Claims that a commander was killed in Hajin were dismissed as baseless.", "CASUALTIES"),
    ],
)
def test_what_did_not_happen_is_not_told_as_done(text: str, kind: str) -> None:
    assert ("asserted", "positive") not in modes(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # feared, possible, warned of: the word governs what is joined after it
        ("يعيش أهالي هجين على وقع مخاوف من اعتقالات جديدة وقصف محتمل.", "STRIKE"),
        ("يُخشى أن يقود الخلاف إلى احتجاجات، وأن تُقصف القرية.", "STRIKE"),
        ("وحذر ناشطون من اندلاع مواجهات بين العشائر وقسد.", "CLASH"),
        ("ولم تستبعد المصادر أن تقدم قسد على اقتحام البلدة.", "ATTACK"),
        ("Families left Hajin for fear of arrests and shelling.", "STRIKE"),
        ("Locals are bracing for another round of fighting.", "CLASH"),
        # conditions and suppositions
        ("لن تفتح الفرقة المعبر ما لم تتسلم القيادة نقطة بديلة.", "TAKEOVER"),
        ("أي هجوم على القاعدة سيواجه برد قاس.", "ATTACK"),
        ("A Russian takeover of the airport would anger Iran.", "TAKEOVER"),
        ("Should Turkey attack, the SDF would withdraw its guards.", "WITHDRAWAL"),
        ("Did Iran withdraw from al-Bukamal?", "WITHDRAWAL"),
        # not known, not confirmed, only talk
        ("وتداول ناشطون أنباء غير مؤكدة عن مقتل قيادي.", "CASUALTIES"),
        ("ليس من المعروف ما إذا كانت القوات الروسية ستنسحب.", "WITHDRAWAL"),
        ("Reports of an Iranian withdrawal could not be verified.", "WITHDRAWAL"),
        ("It was not immediately clear who carried out the attack.", "ATTACK"),
        ("The governor dismissed talk of a withdrawal.", "WITHDRAWAL"),
        # charges, pretexts, topics
        ("كان الشاب مطلوباً بتهمة المشاركة في هجمات على الحواجز.", "ATTACK"),
        ("وسُلبت القطعان بذريعة تهريب السلاح.", "MOVE_WEAPONS"),
        ("عقد الطرفان اجتماعاً لبحث انسحاب المسلحين.", "WITHDRAWAL"),
        ("He is wanted for smuggling and for killing two soldiers.", "CASUALTIES"),
        # prevented, put off, given up, practised
        ("وأرسلت روسيا وفداً للحيلولة دون تجدد القتال.", "CLASH"),
        ("تقرر تأجيل سحب القوات إلى الأسبوع القادم.", "WITHDRAWAL"),
        ("أجرت القوات مناورات تحاكي هجوماً على القاعدة.", "ATTACK"),
        ("The order to withdraw was never carried out.", "WITHDRAWAL"),
        ("Any fighter who deserts will be arrested unless he pays.", "DETENTION"),
        ("والله ما قصفت قسد القرية، ومو صحيح إنو اعتقلت حدا.", "DETENTION"),
        # old or of another kind
        ("انفجر لغم من مخلفات المعارك.", "CLASH"),
        ("Shops closed on the second day of a strike by traders.", "STRIKE"),
    ],
)
def test_hedged(text: str, kind: str) -> None:
    assert ("asserted", "positive") not in modes(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        # denied across an aside, or of a thing said not to have come about
        ("ونفى مسؤول، في تصريح لصحيفة، أن تكون قسد قد قصفت القرية.", "STRIKE", ("asserted", "negative")),
        ("ولم يسبق لقسد أن داهمت البلدة.", "ATTACK", ("asserted", "negative")),
        ("غير أن الإخلاء لم يتم حتى الآن.", "WITHDRAWAL", ("asserted", "negative")),
        ("لم يتوصل الطرفان إلى أي اتفاق.", "AGREEMENT", ("asserted", "negative")),
        ("وشاع أن قسد اعتقلت الشاب، غير أنها نفت ذلك.", "DETENTION", ("asserted", "negative")),
        ("None of the militias has withdrawn from the area.", "WITHDRAWAL", ("asserted", "negative")),
        ("Nothing has been seized since Monday.", "RESTRICT", ("asserted", "negative")),
        ("لم يكن انسحاب قسد من البلدة مفاجئاً.", "WITHDRAWAL", ("asserted", "positive")),
        # announced, demanded, hoped for
        ("Russia promised weapons to the tribes.", "SUPPORT", ("expected", "positive")),
        ("إذا دفع السائق يعتقلونه.", "DETENTION", ("asserted", "positive")),
        ("وهددت الفرقة بقصف البلدة.", "STRIKE", ("expected", "positive")),
        ("اتفق الطرفان على هدنة، على أن تنسحب قسد من البلدة.", "WITHDRAWAL", ("expected", "positive")),
        ("ويأمل السكان أن تفرج قسد عن أبنائهم.", "RELEASE", ("purpose", "positive")),
        ("خرج الأهالي منادين بإقالة المحافظ.", "LEADERSHIP", ("purpose", "positive")),
        ("Her family paid a sum for his release.", "RELEASE", ("purpose", "positive")),
        # the reach ends: what follows is told as done
        ("سادت حالة من الخوف بين السكان بعد اعتقال قسد عشرة شبان.", "DETENTION", ("asserted", "positive")),
        ("اعتقلت الأسايش شابين بتهمة التهريب ثم أفرجت عنهما.", "RELEASE", ("asserted", "positive")),
        ("نقلت الميليشيا أسلحتها تحسباً لضربات، واعتقلت شابين.", "DETENTION", ("asserted", "positive")),
        ("لا تزال الفرقة الرابعة تفرض إتاوات على الشاحنات.", "REVENUE", ("asserted", "positive")),
        ("The SDF arrested two men accused of smuggling.", "DETENTION", ("asserted", "positive")),
        ("Fighters who refused to pay were arrested by the brigade.", "DETENTION", ("asserted", "positive")),
        ("Iran moved weapons to Raqqa despite fears of strikes.", "MOVE_WEAPONS", ("asserted", "positive")),
    ],
)  # fmt: skip
def test_reach(text: str, kind: str, wanted: tuple[str, str]) -> None:
    assert modes(text, kind) == {wanted}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ورداً على سؤال للصحيفة، قال القيادي إن قواته قصفت البلدة.", "MOTIVE"),
        ("بدأت المؤسسة العامة باستلام محصول القمح من الفلاحين.", "TAKEOVER"),
        ("استلم الأهالي جثامين أبنائهم من الفرقة الرابعة.", "TAKEOVER"),
        ("ولم يُعرف من أطلق النار على الدورية.", "ATTACK"),
        ("ولا يعلم السكان أي الفصيلين أطلق النار على الدورية.", "ATTACK"),
        ("تعذر توثيق حوادث أخرى، ومنها أنباء عن اغتيال تاجر في مركدة.", "ATTACK"),
        ("من يفكر بمهاجمة المنطقة سيلقى رداً قاسياً.", "ATTACK"),
        ("أي جهة تفكر في اقتحام البلدة ستندم.", "ATTACK"),
        ("وقد يحاول التنظيم، إن طال الخلاف، اقتحام السخنة.", "ATTACK"),
        ("وقد تقدم قسد، إذا فشلت الوساطة، على اقتحام البلدة.", "ATTACK"),
        ("تجمع الأهالي أمام المبنى يريدون إطلاق سراح أبنائهم.", "RELEASE"),
        ("أعادت الحادثة السؤال عن حدود التفاهم بين واشنطن وموسكو.", "AGREEMENT"),
        ("لا تزال القوات في مواقعها على عكس ما تداولته صفحات عن انسحابها من البلدة.", "WITHDRAWAL"),
        ("ولو حُل الخلاف قبل نهاية الشهر لأمكن أن يهبط السعر.", "CONDITION"),
        ("نقل الحرس الأسلحة إلى بيوت استولى عليها سابقاً في البلدة.", "TAKEOVER"),
        ("افتتح المركز الثقافي الإيراني في الميادين دورة لتعليم الفارسية.", "BASE_ESTABLISHED"),
        ("تمكنت فرق الإطفاء من السيطرة على الحريق في السوق.", "TAKEOVER"),
        ("تمكن مقاتلونا من السيطرة على الموقف دون إصابات.", "TAKEOVER"),
        ("سيطرت الأسايش على الوضع في المخيم.", "TAKEOVER"),
        ("لم يكن ذلك انسحاباً كما روجت الصحف.", "WITHDRAWAL"),
        ("وإذا شنت واشنطن جولة جديدة فقد لا يجد أحداً يحرس له الطريق.", "PRESENCE"),
        ("لم يتسلم ذووه سوى ورقة الوفاة.", "CASUALTIES"),
        ("شكل الجانبان لجنة تتابع أي خروقات محتملة لوقف إطلاق النار.", "AGREEMENT"),
        ("يحظر قانون الإدارة الذاتية تجنيد القاصرين.", "RESTRICT"),
        ("ذكر المركز بأن القانون الدولي يحظر تجنيد الأطفال.", "RESTRICT"),
        ("نفذ الطيران غارات على كهوف في البادية، بلا معلومات عن خسائر بشرية.", "CASUALTIES"),
        ("قصفت المدفعية القرية من غير أن ترد أنباء عن ضحايا.", "CASUALTIES"),
        ("Russian jets struck the desert, without information so far on human losses.", "CASUALTIES"),
        ("Shopkeepers in Shaddadi returned to work on Tuesday.", "MOVEMENT"),
        ("Pupils returned to school after the strike.", "MOVEMENT"),
        ("A Russian withdrawal from Syria, were it ever ordered, would change the picture.", "WITHDRAWAL"),
        ("An American withdrawal, should it come, would leave the prisons unguarded.", "WITHDRAWAL"),
        ("More clashes are to be expected.", "CLASH"),
        ("The council rejected what had been published about a withdrawal of its fighters.", "WITHDRAWAL"),
        ("Fighting the Islamic State, the stated purpose, explains little of it.", "CLASH"),
        ("Arrest of smugglers, the declared aim, hides a quarrel over fees.", "DETENTION"),
        ("Those same pages said last year that we had abandoned al-Suwar.", "WITHDRAWAL"),
        ("They tell her the child volunteered.", "RECRUITMENT"),
        ("وقع الشاب تعهداً بعدم المشاركة في الاحتجاجات.", "AGREEMENT"),
        ("أفرج عنه بعد توقيع تعهد خطي بعدم العودة إلى التهريب.", "AGREEMENT"),
        ("الأمن العسكري يحاول جمع ممثلين عن الطرفين في لقاء بالميادين.", "MEETING"),
        ("يسعى الروس إلى جمع قادة الفصيلين في اجتماع بالمطار.", "MEETING"),
        ("واعتبر القيادي أن اتهام قواته باقتحام المنازل محض افتراء.", "ATTACK"),
        ("The Division described the story of clashes in Mayadin as invented.", "CLASH"),
        ("Young men stay indoors, terrified of being arrested at the checkpoints.", "DETENTION"),
        ("لن تُرفع الحواجز إلا بعد إطلاق سراح الموقوفين.", "RELEASE"),
        ("Suppose the Fourth Division took over the crossing: fees would double.", "TAKEOVER"),
        ("Whoever refuses to pay risks being detained.", "DETENTION"),
        ("وسرت شائعة في السوق مفادها مقتل قائد الفوج 47.", "CASUALTIES"),
        ("وزعمت صفحات مجهولة أن الأسايش اعتقلت المحافظ.", "DETENTION"),
        ("وتتحدث تسريبات غير موثوقة عن صفقة بين قسد والفرقة الرابعة.", "AGREEMENT"),
        ("Word in the bazaar is that the commander was killed.", "CASUALTIES"),
        ("Gossip has it that the Russians are leaving the airport.", "WITHDRAWAL"),
        ("An anonymous page claimed, without proof, that the mayor had been arrested.", "DETENTION"),
        ("وأُجّل انسحاب الدوريات الروسية إلى إشعار آخر.", "WITHDRAWAL"),
        ("وتدرس روسيا إقامة قاعدة في مطار القامشلي.", "BASE_ESTABLISHED"),
        ("A meeting planned for Monday between the two sides never took place.", "MEETING"),
        ("وزار الوفد ضريح القائد الذي قتل قبل عشرة أعوام.", "CASUALTIES"),
        ("شن كاتب الصحيفة هجوماً لاذعاً على الإدارة الذاتية.", "ATTACK"),
        ("اندلعت معركة انتخابية بين المرشحين في دير الزور.", "CLASH"),
        ("A columnist launched a scathing attack on the council.", "ATTACK"),
        ("The two sheikhs are locked in a battle of words.", "CLASH"),
        ("أرسل أبو أحمد ولديه إلى أربيل هرباً من تجنيدهما.", "RECRUITMENT"),
        ("ما يقلق التجار هو أن تضع الميليشيا يدها على السوق.", "TAKEOVER"),
        ("باتت القرية تعيش هاجس هجوم جديد للتنظيم.", "ATTACK"),
        ("مصادر أبدت قلقها من تجدد الاشتباكات بين الفصيلين.", "CLASH"),
        ("What keeps the mukhtar awake is the thought of the militia storming the village.", "ATTACK"),
        ("متى ما اقتحمت قسد البلدة فلن يبقى فيها أحد.", "ATTACK"),
        ("انسحاب روسيا، لو حصل، سيفتح الباب أمام طهران.", "WITHDRAWAL"),
        ("ومتى أُفرج عن الموقوفين عادت المحال إلى العمل.", "RELEASE"),
        ("أي احتكاك جديد كفيل بإشعال معركة بين الطرفين.", "CLASH"),
        ("سيناريو اقتحام البلدة ما زال مطروحاً على الطاولة.", "ATTACK"),
        ("It would take only one shot for fighting to resume.", "CLASH"),
        ("استنكرت الإدارة ما وصفته بمزاعم تجنيد الأطفال.", "RECRUITMENT"),
        ("ما صار اعتقالات بالحارة، هاد كله كذب.", "DETENTION"),
        ("The spokeswoman rejected as slander the charge that her force enlists children.", "RECRUITMENT"),
        ("It is not true that we arrested teachers, the statement reads.", "DETENTION"),
        ("The tribe disowned the attack on the post.", "ATTACK"),
        ("Far from withdrawing, the brigade dug new trenches.", "WITHDRAWAL"),
        ("ولا يزال مصير المخطوفين مجهولاً وسط تضارب الأنباء حول مقتلهم.", "CASUALTIES"),
        ("تضاربت الروايات حول مقتل القيادي.", "CASUALTIES"),
        ("Nothing on the ground points to a withdrawal.", "WITHDRAWAL"),
        ("ولوّح القائد بقصف القرية إن لم يُسلَّم السلاح.", "STRIKE"),
        ("أصيب السوق بالشلل بعد ارتفاع الأسعار.", "CASUALTIES"),
        ("سيطر القلق على سكان الحي.", "TAKEOVER"),
        ("سيطر الحزن على وجوه المشيعين.", "TAKEOVER"),
        ("انسحب الفريق من الدوري بعد خسارته.", "WITHDRAWAL"),
        ("The drought has killed the barley.", "CASUALTIES"),
        ("وقال المحلل إن فرضية هجوم بري على الميادين تبقى بعيدة.", "ATTACK"),
        ("استنفر الطرفان عناصرهما دون أن يتطور الأمر إلى اشتباك.", "CLASH"),
        ("سربت جهات مجهولة خبر انسحاب الفاطميون لجس النبض.", "WITHDRAWAL"),
        ("وظل الإفراج عن الشيخ مجرد وعد.", "RELEASE"),
        ("واعتذر الشيخ عن لقاء الوفد الروسي.", "MEETING"),
        ("لم ترقَ المشادة إلى مستوى الاشتباك.", "CLASH"),
        ("Should the elders fail, an assault on the village looks inevitable.", "ATTACK"),
        ("Commanders talked their men out of fighting.", "CLASH"),
        ("So far the release of the sheikh remains a promise.", "RELEASE"),
        ("The Division covets the crossing and dreams of taking it over.", "TAKEOVER"),
        ("The sheikh excused himself from meeting the Russian delegation.", "MEETING"),
        ("No one turned up to the meeting Russia had called.", "MEETING"),
        ("Sirens wailed after a false report of an air raid.", "STRIKE"),
        ("Maybe the regime leaves, maybe it stays, said the baker.", "WITHDRAWAL"),
        ("The shell landed in a field and hurt no one.", "CASUALTIES"),
        ("The two sides remain far from any agreement.", "AGREEMENT"),
        ("واعتبر الوجهاء أن البلدة على شفير مواجهة دامية.", "CLASH"),
        ("إن نجحت الوساطة تسلمت الأسايش الحاجز.", "TAKEOVER"),
        ("في أسوأ الأحوال، تنسحب القوات إلى الحسكة.", "WITHDRAWAL"),
        ("أرجأت الإدارة اجتماعها مع الوجهاء.", "MEETING"),
        ("عُلّقت عملية اقتحام القرية بطلب من التحالف.", "ATTACK"),
        ("يطمع لواء القدس بالاستيلاء على الحقل.", "TAKEOVER"),
        ("Negotiations on a truce hit a dead end.", "AGREEMENT"),
        ("The raid on the village was suspended at the coalition's request.", "ATTACK"),
    ],
)  # fmt: skip
def test_what_is_only_talked_of_is_not_told_as_done(text: str, kind: str) -> None:
    assert ("asserted", "positive") not in told(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("وننفي نفياً قاطعاً أن نكون قد أطلقنا النار على المحتجين.", "ATTACK"),
        ("وننفي أن تكون قواتنا اعتقلت مدنيين.", "DETENTION"),
    ],
)
def test_denied_is_told_as_not_done(text: str, kind: str) -> None:
    assert told(text, kind) == {("asserted", "negative")}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قصفت القوات التركية القرية رداً على مقتل جندي.", "MOTIVE"),
        ("بدأت الفرقة الرابعة باستلام المعبر من الدفاع الوطني.", "TAKEOVER"),
        ("أطلق مسلحون من قسد النار على المحتجين.", "ATTACK"),
        ("وقد حاول التنظيم مراراً، ثم اقتحم السخنة.", "ATTACK"),
        ("انسحبت القوات من البلدة خلافاً للاتفاق.", "WITHDRAWAL"),
        ("افتتح الحرس الثوري مقراً جديداً في الميادين.", "BASE_ESTABLISHED"),
        ("تسللت خلايا التنظيم إلى البلدة.", "ATTACK"),
        ("حظرت الإدارة الذاتية بيع القمح خارج مراكزها.", "RESTRICT"),
        ("A Russian withdrawal from Raqqa was completed on Monday.", "WITHDRAWAL"),
        ("Local sources said last year that the SDF had abandoned al-Suwar.", "WITHDRAWAL"),
        ("جمع الروس قادة الفصيلين في اجتماع بالمطار.", "MEETING"),
        ("ولم تُعرف حصيلة الضحايا، فيما قصفت القوات التركية القرية مجدداً.", "STRIKE"),
        ("لا يعلم ذوو الشاب من أين اعتقلته الأسايش.", "DETENTION"),
        ("انسحبت القوات خلافاً لما كان متفقاً عليه.", "WITHDRAWAL"),
        ("نفت قسد ما نُشر عن المداهمات، لكنها اعتقلت ثلاثة شبان.", "DETENTION"),
        ("كان يريد السفر حين اعتقلته الأسايش.", "DETENTION"),
        ("أفرجت قسد عن الشبان الذين يريدون العودة إلى قراهم.", "RELEASE"),
        ("بحث الطرفان الوضع وتوصلا إلى اتفاق.", "AGREEMENT"),
        ("أجل القضاء محاكمة الشاب الذي اعتقلته الأسايش.", "DETENTION"),
        ("تسلمت قسد الحاجز مع محصول القمح المخزن فيه.", "TAKEOVER"),
        ("افتتحت الميليشيا مقراً في الميادين وبدأت دورة تدريبية.", "BASE_ESTABLISHED"),
        ("اندلعت معركة عنيفة بين الطرفين في الجرذي.", "CLASH"),
        ("تحظر الفرقة الرابعة مرور الشاحنات ليلاً.", "RESTRICT"),
        ("قالت مصادر محلية إن الأسايش اعتقلت شابين.", "DETENTION"),
        ("دحضت القيادة الشائعات، وقتل أمس جندي برصاص قناص.", "CASUALTIES"),
        ("لم يكن هذا أول هجوم، فقد هاجم التنظيم الحاجز مرتين.", "ATTACK"),
        ("قتل قائد الفوج أمس في الميادين.", "CASUALTIES"),
        ("لن تفتح المحال أبوابها قبل الظهر، واعتقلت الأسايش شابين.", "DETENTION"),
        ("Clashes broke out between the two, who never got on.", "CLASH"),
        ("Without evidence the Asayish arrested two men.", "DETENTION"),
        ("There is no word from the ministry, but two soldiers were killed.", "CASUALTIES"),
        ("The Asayish arrested a man they suspected, residents told us.", "DETENTION"),
        ("Gunmen attacked the home of a man terrified of the brigade.", "ATTACK"),
        ("The brigade took control of the crossing.", "TAKEOVER"),
        ("A fierce battle raged between the two in the town.", "CLASH"),
        ("Families returned to their villages on Monday.", "MOVEMENT"),
        ("The militia seized the houses last week.", "TAKEOVER"),
        ("The administration banned the sale of wheat.", "RESTRICT"),
        ("The brigade recruited forty boys, the stated pay being 200 dollars.", "RECRUITMENT"),
        ("قصفت طائرات مجهولة مقراً للحشد، وهو السبب المعلن لإغلاق الطريق.", "STRIKE"),
        ("سيطر مسلحون على حالة الحاجز.", "TAKEOVER"),
        ("The SDF withdrew from the town after talks.", "WITHDRAWAL"),
        ("The shelling killed three farmers near the barley fields.", "CASUALTIES"),
        ("جرى ما جرى واعتقلت الأسايش شابين.", "DETENTION"),
        ("تضاربت الأنباء حول عدد القتلى الذين سقطوا، وقتل القصف ثلاثة مدنيين.", "CASUALTIES"),
        ("نزحت عائلات هرباً من القصف المدفعي التركي على القرية.", "STRIKE"),
        ("زعمت الأسايش أن الشاب مهرب، واعتقلته من بيته.", "DETENTION"),
        ("The idea came after gunmen attacked the checkpoint.", "ATTACK"),
        ("The council rejected the request and the Asayish arrested the two men.", "DETENTION"),
        ("It is true that the Asayish arrested teachers.", "DETENTION"),
        ("A death was reported in the camp: guards killed a boy.", "CASUALTIES"),
        ("وقع وجهاء العشيرتين تعهداً بوقف القتال.", "AGREEMENT"),
        ("Maybe thirty men were killed, a witness said.", "CASUALTIES"),
        ("Many came to the meeting which Russia had called.", "MEETING"),
        ("سربت الصفحة صور الشبان الذين اعتقلتهم الأسايش.", "DETENTION"),
        ("وأصبح القصف يومياً على قرى أبو راسين.", "STRIKE"),
        ("اندلعت اشتباكات على حافة النهر بين الطرفين.", "CLASH"),
        ("إن الأسايش اعتقلت شابين أمس.", "DETENTION"),
        ("Talks on the crossing ended in an agreement between the two sides.", "AGREEMENT"),
    ],
)  # fmt: skip
def test_real_events_near_hedges_stay(text: str, kind: str) -> None:
    assert ("asserted", "positive") in told(text, kind)


def test_attribution() -> None:
    claims = read("قالت مصادر محلية إن قسد اعتقلت شابين.".encode()).claims
    assert {c.attribution for c in claims} == {"local-sources"}
