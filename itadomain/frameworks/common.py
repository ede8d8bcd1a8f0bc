"""What has stayed the same from year to year, so that a year's module says only what is its own.

Sources are short names; `docs/sources.md` has their addresses.
"""

from decimal import Decimal

from itadomain.frameworks.shape import Confidence, Grade, Indicator, Instrument, Name, Scale

_IIT, _EIT, _OIT = Instrument

INSTRUMENT_NAMES = {
    _IIT: Name("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน", "Internal Integrity and Transparency Assessment"),
    _EIT: Name("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก", "External Integrity and Transparency Assessment"),
    _OIT: Name("แบบตรวจการเปิดเผยข้อมูลสาธารณะ", "Open Data Integrity and Transparency Assessment"),
}

#: The ten names stand in every source from 2563 to 2568 (official report of 2564, agencies' papers of 2563-2565).
TEN_INDICATORS = (
    Indicator(1, _IIT, Name("การปฏิบัติหน้าที่", "Performance of duties")),
    Indicator(2, _IIT, Name("การใช้งบประมาณ", "Use of budget")),
    Indicator(3, _IIT, Name("การใช้อำนาจ", "Use of authority")),
    Indicator(4, _IIT, Name("การใช้ทรัพย์สินของราชการ", "Use of state property")),
    Indicator(5, _IIT, Name("การแก้ไขปัญหาการทุจริต", "Tackling corruption problems")),
    Indicator(6, _EIT, Name("คุณภาพการดำเนินงาน", "Quality of operation")),
    Indicator(7, _EIT, Name("ประสิทธิภาพการสื่อสาร", "Communication efficiency")),
    Indicator(8, _EIT, Name("การปรับปรุงระบบการทำงาน", "System improvement")),
    Indicator(9, _OIT, Name("การเปิดเผยข้อมูล", "Open data")),
    Indicator(10, _OIT, Name("การป้องกันการทุจริต", "Anti-corruption practice")),
)

#: IIT 30, EIT 30, OIT 40. Proved by arithmetic for 2564 and 2565; one paper of 2565 prints OIT 30, which sums to 90.
WEIGHTS = {_IIT: Decimal("0.30"), _EIT: Decimal("0.30"), _OIT: Decimal("0.40")}


def _letter(name: str, least: str, confidence: Confidence = Confidence.HIGH) -> Grade:
    return Grade(Name(name, name), Decimal(least), confidence=confidence)


def letters(confidence: Confidence) -> Scale:
    """AA to F, in force to 2565. The border of E and F is disputed: one paper prints 40, another copy codes 50."""
    return Scale(
        grades=(
            _letter("AA", "95"),
            _letter("A", "85"),
            _letter("B", "75"),
            _letter("C", "65"),
            _letter("D", "55"),
            _letter("E", "40", Confidence.LOW),
            _letter("F", "0", Confidence.LOW),
        ),
        passing=Decimal(85),
        confidence=confidence,
        sources=("paper002", "paper000", "paper004", "kpi2564"),
    )


def levels(confidence: Confidence) -> Scale:
    """The five levels from 2566: a total and, for the two best, every instrument.

    The rule on single instruments is the NACC's own (a clarification of August 2568: 94.64 fell to ผ่าน because EIT
    was below 85); the cut-offs come from a university's copy for 2567.
    """
    return Scale(
        grades=(
            Grade(Name("ผ่านดีเยี่ยม", "Passed with excellence"), Decimal(95), each=Decimal(95)),
            Grade(Name("ผ่านดี", "Passed well"), Decimal(85), each=Decimal(85)),
            Grade(Name("ผ่าน", "Passed"), Decimal(85)),
            Grade(Name("ต้องปรับปรุง", "Needs improvement"), Decimal(70)),
            Grade(Name("ต้องปรับปรุงโดยด่วน", "Needs urgent improvement"), Decimal(0)),
        ),
        passing=Decimal(85),
        confidence=confidence,
        sources=("gh34601936217", "gh34775506829", "mgr79675", "nation2023"),
    )
