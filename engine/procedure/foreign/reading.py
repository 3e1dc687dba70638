"""A file of whatever modeler, in whatever encoding → its tree. Or a sentence: what was expected, what was found, what to do."""

from __future__ import annotations

import codecs
import re
from typing import Any, Final

from engine.errors import BadInput
from engine.procedure.findings import Findings
from engine.procedure.foreign.notes import Notes
from engine.procedure.xml import BPMN, MAX_BYTES, children, local, namespace, read_xml
from engine.text import Text

Element = Any

_KINDS: Final[tuple[tuple[bytes, Text], ...]] = (
    (b"PK\x03\x04", Text("压缩包或者 Office 文件", "an archive or an Office file")),
    (b"%PDF", Text("PDF 文件", "a PDF file")),
    (b"\x89PNG", Text("图片", "a picture")),
    (b"\xff\xd8\xff", Text("图片", "a picture")),
    (b"GIF8", Text("图片", "a picture")),
    (b"\xd0\xcf\x11\xe0", Text("旧版 Office 文件", "an old Office file")),
    (b"{", Text("JSON", "JSON")),
    (b"[", Text("JSON", "JSON")),
)
_ROOTS: Final[tuple[tuple[str, Text], ...]] = (
    ("/spec/DMN/", Text("DMN 决策表", "a DMN table")),
    ("/spec/CMMN/", Text("CMMN 案例图", "a CMMN case")),
    ("wfmc.org", Text("XPDL", "XPDL")),
    ("schema.omg.org/spec/BPMN", Text("BPMN 2.0 的草案", "a draft of BPMN 2.0")),
    ("w3.org/2000/svg", Text("SVG 图片", "an SVG picture")),
    ("w3.org/1999/xhtml", Text("网页", "a web page")),
    ("omg.org/XMI", Text("XMI 模型", "an XMI model")),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_ENCODINGS: Final = {
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "cp1252"), "cp1252"),
    "iso-8859-2": "iso8859_2", "iso-8859-15": "iso8859_15", "windows-1250": "cp1250", "windows-1251": "cp1251",
    "shift_jis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949",
}  # fmt: skip
"""How a file may say that it is encoded, and as what it is read. Whoever declares UTF-16 without writing it has UTF-8."""
_DECLARATION: Final = re.compile(r"\s*<\?xml\s[^>]{0,200}?\?>")
_DECLARED: Final = re.compile(rb"""^\s*<\?xml\s[^>]{0,120}?encoding\s*=\s*["']([^"']{1,60})["']""")
_ASIDE: Final = re.compile(r"<!--|<\?(?!xml[\s?])")


def read_foreign(data: bytes, notes: Notes) -> Element:
    """The root of a BPMN file with at least one process. Raises BadInput, with what to do."""
    if len(data) > MAX_BYTES:
        raise _refused(_TOO_LARGE, size=MAX_BYTES // 1_000_000)
    text = _text(data, notes)
    if not text.strip():
        raise _refused(_EMPTY)
    if not text.lstrip().startswith("<"):
        raise _refused(_NOT_XML, found=Text("文本", "plain text"))
    findings = Findings()
    root = read_xml("", _DECLARATION.sub("", text, count=1).strip().encode(), findings)
    if root is None:
        fault = findings.refused()[0]
        html = re.match(r"\s*<(!doctype\s+)?html", text, re.IGNORECASE)
        raise _refused(_WEB_PAGE if html else _ADVICE[fault.rule], why=fault.message)
    _refuse_other(root)
    if asides := len(_ASIDE.findall(text)):
        notes.add("comments", n=asides)
    return root


def _text(data: bytes, notes: Notes) -> str:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if encoding is None and data[:4] in {b"<\0?\0", b"\0<\0?", b"<\0b\0", b"\0<\0b"}:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    if encoding is None:
        kind = next((kind for mark, kind in _KINDS if data.lstrip().startswith(mark)), None)
        if kind:
            raise _refused(_NOT_XML, found=kind)
        declared = _DECLARED.match(data)
        said = declared[1].decode("latin-1").lower() if declared else "utf-8"
        encoding = _ENCODINGS.get(said)
        if encoding is None:
            raise _refused(_UNKNOWN_ENCODING, found=said)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise _refused(_WRONG_ENCODING, found=encoding.upper(), at=fault.start + 1) from fault
    text = text.removeprefix("\ufeff")
    if encoding != "utf-8":
        notes.add("encoding", found=encoding.upper())
    return text


def _refuse_other(root: Element) -> None:
    """Whatever is no BPMN 2.0 with a process."""
    space = namespace(root)
    if local(root) != "definitions" or space != BPMN:
        kind = next((kind for part, kind in _ROOTS if part in space), None)
        found = kind or Text(f"<{local(root)[:60]}>", f"<{local(root)[:60]}>")
        if local(root) == "definitions" and not kind:
            raise _refused(_NO_NAMESPACE, expected=BPMN, found=space[:120] or "—")
        raise _refused(_NOT_BPMN, found=found)
    if not children(root, "process"):
        other = (_OTHER[local(one)] for one in children(root) if local(one) in _OTHER)
        raise _refused(_NO_PROCESS, found=next(other, _NOTHING))


def _refused(text: Text, **values: object) -> BadInput:
    return BadInput({"file": text.filled(**values)})


_OTHER: Final = {
    "choreography": Text("编排图(choreography)", "a choreography"),
    "globalConversation": Text("会话图(conversation)", "a conversation"),
    "collaboration": Text("没有内容的泳池", "pools without content"),
}
_NOTHING: Final = Text("空的", "nothing drawn")
_EMPTY: Final = Text(
    "文件是空的;请选择 BPMN 2.0 文件(.bpmn)", "the file is empty: choose a BPMN 2.0 file (.bpmn)"
)
_TOO_LARGE: Final = Text(
    "文件超过{size}兆字节;请拆成几张图,或者去掉图中嵌入的图片",
    "the file is larger than {size} MB: divide it into several diagrams, or take embedded pictures out",
)  # fmt: skip
_NOT_XML: Final = Text(
    "应为 BPMN 2.0 的 XML 文件,收到的是{found};请在原来的建模工具中导出为 BPMN 2.0 XML",
    "expected an XML file of BPMN 2.0, found {found}: export it as BPMN 2.0 XML from the modeler it comes from",
)  # fmt: skip
_WEB_PAGE: Final = Text(
    "应为 BPMN 2.0 的 XML 文件,收到的是网页;请下载文件本身,而不是显示它的页面",
    "expected an XML file of BPMN 2.0, found a web page: download the file itself, not the page that shows it",
)  # fmt: skip
_UNKNOWN_ENCODING: Final = Text(
    "文件声明的编码“{found}”不认识;请另存为 UTF-8", "the file declares the encoding {found}, which is not known: save it as UTF-8"
)  # fmt: skip
_WRONG_ENCODING: Final = Text(
    "文件声明为 {found} 编码,但第{at}个字节不是;请另存为 UTF-8",
    "the file is declared as {found}, but byte {at} is not: save it as UTF-8",
)  # fmt: skip
_NOT_BPMN: Final = Text(
    "应为 BPMN 2.0 的 definitions,收到的是{found};请导出为 BPMN 2.0 XML",
    "expected definitions of BPMN 2.0, found {found}: export it as BPMN 2.0 XML",
)  # fmt: skip
_NO_NAMESPACE: Final = Text(
    "definitions 的命名空间应为 {expected},文件里是 {found};请用原来的建模工具重新导出",
    "the namespace of definitions should be {expected}, found {found}: export it again from the modeler it comes from",
)  # fmt: skip
_NO_PROCESS: Final = Text(
    "应至少有一个流程(process),文件里是{found};办理程序只能由流程画成",
    "expected at least one process, found {found}: a procedure is made of processes alone",
)  # fmt: skip
_ADVICE: Final = {
    "xml_size": Text("{why}", "{why}"),
    "xml_encoding": Text("文件中有不能用的字符;请另存为 UTF-8", "the file holds characters that cannot be used: save it as UTF-8"),
    "xml_doctype": Text(
        "{why};为安全起见不读取,请删去后再上传", "{why}: for safety it is not read; take it out and hand the file in again"
    ),
    "xml_broken": Text(
        "{why};文件可能不完整,请重新导出", "{why}: the file may be cut off; export it again"
    ),
    "xml_depth": Text("{why};请用调用活动拆开", "{why}: divide it by call activities"),
    "xml_elements": Text("{why};请拆成几张图", "{why}: divide it into several diagrams"),
}  # fmt: skip
