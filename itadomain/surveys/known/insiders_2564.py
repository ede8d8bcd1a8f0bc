"""What insiders were asked in 2564, word for word: I1 to I30 as a university copied the form, with its points.

I10 is missing: the copy prints I9 twice. What the form adds to I27 and I28 (which answer to give where there is no
corruption) is left out: a rehearsal tells nobody what to answer, and a question may be skipped.
"""

from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys.known.common import GIVEN, Asking, Known
from itadomain.surveys.survey import Kind

_IIT = Asking(Instrument.IIT, Confidence.HIGH, "gh42100319361")

_DUTIES = (
    _IIT.level(
        "I1",
        1,
        "บุคลากรในหน่วยงานของท่าน ปฏิบัติงาน/ให้บริการแก่ผู้มาติดต่อ ตามประเด็นดังต่อไปนี้ มากน้อยเพียงใด",
        "How far do staff of your agency do the following in their work for those who come to them?",
        Name("เป็นไปตามขั้นตอนที่กำหนด", "Keep to the steps that are set"),
        Name("เป็นไปตามระยะเวลาที่กำหนด", "Keep to the time that is set"),
    ),
    _IIT.level(
        "I2",
        1,
        "บุคลากรในหน่วยงานของท่าน ปฏิบัติงาน/ให้บริการ แก่ผู้มาติดต่อทั่ว ๆ ไป กับผู้มาติดต่อที่รู้จักเป็นการส่วนตัวอย่างเท่าเทียมกัน มากน้อยเพียงใด",
        "How far do staff of your agency serve people in general and those whom they know in private alike?",
    ),
    _IIT.level(
        "I3",
        1,
        "บุคลากรในหน่วยงานของท่าน มีพฤติกรรมในการปฏิบัติงาน ตามประเด็นดังต่อไปนี้ อย่างไร",
        "How do staff of your agency behave at work in the following?",
        Name("มุ่งผลสำเร็จของงาน", "Strive for the success of the work"),
        Name("ให้ความสำคัญกับงานมากกว่าธุระส่วนตัว", "Put the work before private business"),
        Name("พร้อมรับผิดชอบ หากความผิดพลาดเกิดจากตนเอง", "Are ready to answer for their own mistakes"),
    ),
    _IIT.whether(
        "I4",
        1,
        "บุคลากรในหน่วยงานของท่าน มีการเรียกรับสิ่งดังต่อไปนี้ จากผู้มาติดต่อ เพื่อแลกกับการปฏิบัติงาน การอนุมัติ อนุญาต หรือให้บริการ หรือไม่",
        "Do staff of your agency ask for or take the following from those who come to them, in return for work, "
        "an approval, a permit or a service?",
        *GIVEN,
        bad=True,
    ),
    _IIT.whether(
        "I5",
        1,
        "นอกเหนือจากการรับจากญาติหรือจากบุคคล ที่ให้กันในโอกาสต่าง ๆ โดยปกติตามขนบธรรมเนียม ประเพณี หรือวัฒนธรรม "
        "หรือให้กันตามมารยาทที่ปฏิบัติกันในสังคมแล้ว บุคลากรในหน่วยงานของท่าน มีการรับสิ่งดังต่อไปนี้ หรือไม่",
        "Apart from what relatives and others give as custom, tradition or good manners have it, do staff of your "
        "agency take the following?",
        *GIVEN,
        bad=True,
    ),
    _IIT.whether(
        "I6",
        1,
        "บุคลากรในหน่วยงานของท่าน มีการให้สิ่งดังต่อไปนี้ แก่บุคคลภายนอกหรือภาคเอกชน "
        "เพื่อสร้างความสัมพันธ์ที่ดีและคาดหวังให้มีการตอบแทนในอนาคต หรือไม่",
        "Do staff of your agency give the following to people outside or to companies, for good relations and in "
        "the hope of something in return?",
        *GIVEN,
        bad=True,
    ),
)
_BUDGET = (
    _IIT.level(
        "I7",
        2,
        "ท่านรู้เกี่ยวกับแผนการใช้จ่ายงบประมาณประจำปี ของหน่วยงานของท่าน มากน้อยเพียงใด",
        "How much do you know of your agency's spending plan of the year?",
    ),
    _IIT.level(
        "I8",
        2,
        "หน่วยงานของท่าน ใช้จ่ายงบประมาณ โดยคำนึงถึงประเด็นดังต่อไปนี้ มากน้อยเพียงใด",
        "How far does your agency heed the following when it spends its budget?",
        Name("คุ้มค่า", "Value for money"),
        Name("ไม่บิดเบือนวัตถุประสงค์ของงบประมาณที่ตั้งไว้", "The purpose for which the money was set aside"),
    ),
    _IIT.level(
        "I9",
        2,
        "หน่วยงานของท่าน ใช้จ่ายงบประมาณเพื่อประโยชน์ส่วนตัว กลุ่ม หรือพวกพ้อง มากน้อยเพียงใด",
        "How far does your agency spend its budget for somebody's own good, or that of a group or of friends?",
        bad=True,
    ),
    _IIT.level(
        "I11",
        2,
        "หน่วยงานของท่าน มีการจัดซื้อจัดจ้าง/การจัดหาพัสดุ และการตรวจรับพัสดุในลักษณะดังต่อไปนี้ มากน้อยเพียงใด",
        "How far does your agency buy, supply and accept goods in the following way?",
        Name("โปร่งใส ตรวจสอบได้", "Openly, so that it can be checked"),
        Name("เอื้อประโยชน์ให้ผู้ประกอบการรายใดรายหนึ่ง", "In favour of one company"),
        bad_parts=(2,),
    ),
    _IIT.level(
        "I12",
        2,
        "หน่วยงานของท่าน เปิดโอกาสให้ท่าน มีส่วนร่วม ในการตรวจสอบการใช้จ่ายงบประมาณ ตามประเด็นดังต่อไปนี้ มากน้อยเพียงใด",
        "How far does your agency let you take part in checking its spending in the following ways?",
        Name("สอบถาม", "To ask"),
        Name("ทักท้วง", "To object"),
        Name("ร้องเรียน", "To complain"),
    ),
)
_AUTHORITY = (
    _IIT.level(
        "I13",
        3,
        "ท่านได้รับมอบหมายงานจากผู้บังคับบัญชาอย่างเป็นธรรม มากน้อยเพียงใด",
        "How fairly are you given work by your superior?",
    ),
    _IIT.level(
        "I14",
        3,
        "ท่านได้รับการประเมินผลการปฏิบัติงาน ตามระดับคุณภาพของผลงานอย่างถูกต้อง มากน้อยเพียงใด",
        "How far is your work rated rightly by its quality?",
    ),
    _IIT.level(
        "I15",
        3,
        "ผู้บังคับบัญชาของท่าน มีการคัดเลือกผู้เข้ารับการฝึกอบรม การศึกษาดูงาน หรือการให้ทุนการศึกษา อย่างเป็นธรรม มากน้อยเพียงใด",
        "How fairly does your superior choose who is trained, goes on study visits or is given a scholarship?",
    ),
    _IIT.level(
        "I16",
        3,
        "ท่านเคยถูกผู้บังคับบัญชาสั่งการให้ทำธุระส่วนตัวของผู้บังคับบัญชา มากน้อยเพียงใด",
        "How far have you been ordered by your superior to see to your superior's private business?",
        bad=True,
    ),
    _IIT.level(
        "I17",
        3,
        "ท่านเคยถูกผู้บังคับบัญชาสั่งการให้ทำในสิ่งที่ไม่ถูกต้อง หรือมีความเสี่ยงต่อการทุจริต มากน้อยเพียงใด",
        "How far have you been ordered by your superior to do something wrong, or that may lead to corruption?",
        bad=True,
    ),
    _IIT.level(
        "I18",
        3,
        "การบริหารงานบุคคลของหน่วยงานของท่าน มีลักษณะดังต่อไปนี้ มากน้อยเพียงใด",
        "How far is the following true of how your agency manages its staff?",
        Name("ถูกแทรกแซงจากผู้มีอำนาจ", "The powerful interfere"),
        Name("มีการซื้อขายตำแหน่ง", "Posts are bought and sold"),
        Name("เอื้อประโยชน์ให้กลุ่มหรือพวกพ้อง", "A group or friends are favoured"),
        bad=True,
    ),
)
_PROPERTY = (
    _IIT.level(
        "I19",
        4,
        "บุคลากรในหน่วยงานของท่าน มีการเอาทรัพย์สินของราชการ ไปเป็นของส่วนตัว หรือนำไปให้กลุ่มหรือพวกพ้อง มากน้อยเพียงใด",
        "How far do staff of your agency take state property for themselves, or give it to a group or to friends?",
        bad=True,
    ),
    _IIT.level(
        "I20",
        4,
        "ขั้นตอนการขออนุญาตเพื่อยืมทรัพย์สินของราชการ ไปใช้ปฏิบัติงานในหน่วยงานของท่าน มีความสะดวกมากน้อยเพียงใด",
        "How easy are the steps by which one asks leave to borrow state property for work in your agency?",
    ),
    _IIT.level(
        "I21",
        4,
        "ถ้าต้องมีการขอยืมทรัพย์สินของราชการ ไปใช้ปฏิบัติงาน บุคลากรในหน่วยงานของท่าน มีการขออนุญาตอย่างถูกต้อง มากน้อยเพียงใด",
        "Where state property has to be borrowed for work, how far do staff of your agency properly ask leave?",
    ),
    _IIT.level(
        "I22",
        4,
        "บุคคลภายนอกหรือภาคเอกชน มีการนำทรัพย์สินของราชการไปใช้ โดยไม่ได้ขออนุญาตอย่างถูกต้อง จากหน่วยงานของท่าน มากน้อยเพียงใด",
        "How far do people outside or companies use state property without properly asking leave of your agency?",
        bad=True,
    ),
    _IIT.level(
        "I23",
        4,
        "ท่านรู้แนวปฏิบัติของหน่วยงานของท่าน เกี่ยวกับการใช้ทรัพย์สินของราชการที่ถูกต้อง มากน้อยเพียงใด",
        "How much do you know of your agency's rules on the right use of state property?",
    ),
    _IIT.level(
        "I24",
        4,
        "หน่วยงานของท่าน มีการกำกับดูแลและตรวจสอบการใช้ทรัพย์สินของราชการ "
        "เพื่อป้องกันไม่ให้มีการนำไปใช้ประโยชน์ส่วนตัว กลุ่ม หรือพวกพ้อง มากน้อยเพียงใด",
        "How far does your agency supervise and check the use of state property, so that it is not used for "
        "somebody's own good, or that of a group or of friends?",
    ),
)
_CORRUPTION = (
    _IIT.level(
        "I25",
        5,
        "ผู้บริหารสูงสุดของหน่วยงานของท่าน ให้ความสำคัญ กับการต่อต้านการทุจริต มากน้อยเพียงใด",
        "How much does the head of your agency care about fighting corruption?",
    ),
    _IIT.whether(
        "I26",
        5,
        "หน่วยงานของท่าน มีการดำเนินการ ดังต่อไปนี้ หรือไม่",
        "Does your agency do the following?",
        Name(
            "ทบทวนนโยบายหรือมาตรการป้องกันการทุจริตในหน่วยงานให้มีประสิทธิภาพ",
            "Reviews its policies or measures against corruption, so that they work",
        ),
        Name(
            "จัดทำแผนงานด้านการป้องกันและปราบปรามการทุจริตของหน่วยงาน",
            "Makes a plan of its own to prevent and suppress corruption",
        ),
    ),
    _IIT.level(
        "I27",
        5,
        "ปัญหาการทุจริตในหน่วยงานของท่าน ได้รับการแก้ไข มากน้อยเพียงใด",
        "How far are problems of corruption in your agency solved?",
    ),
    _IIT.level(
        "I28",
        5,
        "หน่วยงานของท่าน มีการดำเนินการดังต่อไปนี้ ต่อการทุจริตในหน่วยงาน มากน้อยเพียงใด",
        "How far does your agency do the following about corruption inside?",
        Name("เฝ้าระวังการทุจริต", "Watches for it"),
        Name("ตรวจสอบการทุจริต", "Looks into it"),
        Name("ลงโทษทางวินัย เมื่อมีการทุจริต", "Disciplines those who were corrupt"),
    ),
    _IIT.level(
        "I29",
        5,
        "หน่วยงานของท่าน มีการนำผลการตรวจสอบของฝ่ายตรวจสอบ ทั้งภายในและภายนอกหน่วยงานไปปรับปรุงการทำงาน "
        "เพื่อป้องกันการทุจริตในหน่วยงาน มากน้อยเพียงใด",
        "How far does your agency use what auditors inside and outside found to improve its work and to "
        "prevent corruption?",
    ),
    _IIT.level(
        "I30",
        5,
        "หากท่านพบเห็นแนวโน้มการทุจริตที่จะเกิดขึ้นในหน่วยงานของท่าน ท่านมีความคิดเห็นต่อประเด็นดังต่อไปนี้ อย่างไร",
        "If you saw signs that corruption was about to happen in your agency, what do you think of the following?",
        Name("สามารถร้องเรียนและส่งหลักฐานได้อย่างสะดวก", "One can easily complain and send proof"),
        Name("สามารถติดตามผลการร้องเรียนได้", "One can follow what becomes of a complaint"),
        Name("มั่นใจว่าจะมีการดำเนินการอย่างตรงไปตรงมา", "It will be dealt with straight"),
        Name("มั่นใจว่าจะปลอดภัยและไม่มีผลกระทบต่อตนเอง", "One is safe, and nothing happens to oneself"),
    ),
)

KNOWN = Known(
    Kind.INSIDERS,
    since=2562,
    told_of=2564,
    items=(*_DUTIES, *_BUDGET, *_AUTHORITY, *_PROPERTY, *_CORRUPTION),
    missing=("I10",),
)
