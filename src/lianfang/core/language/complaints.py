"""The catalogue: every message a pack can provoke, with a stable id, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.complaints_elements import ELEMENTS
from lianfang.core.language.message import Message

_FILES = {
    "file:no-pack": Message(
        "找不到预案包",
        "There is no such pack",
        "请写预案编号或文件夹路径",
        "give the id of a pack or the path of a folder",
    ),
    "file:too-many": Message(
        "文件太多，不像是预案包", "So many files are no pack", "请写预案包的文件夹", "give the folder of one pack"
    ),
    "file:unreadable": Message(
        "文件读不出", "The file cannot be read", "请检查文件和权限", "check the file and its permissions"
    ),
    "file:not-utf8": Message("文件不是 UTF-8 编码", "The file is not UTF-8", "请另存为 UTF-8", "save it as UTF-8"),
}
_YAML = {
    "yaml:too-big": Message("文件太大", "The file is too big", "请拆成几个文件", "split it into several files"),
    "yaml:too-deep": Message("层次太深", "The nesting is too deep", "请减少嵌套", "nest less deeply"),
    "yaml:syntax": Message(
        "不是合法的 YAML",
        "This is not valid YAML",
        "请检查缩进、引号、冒号和括号",
        "check indentation, quotes, colons and brackets",
    ),
    "yaml:tab": Message("缩进用了制表符", "A tab stands where YAML wants spaces", "请改用空格", "use spaces"),
    "yaml:control-character": Message(
        "有不可见的控制字符", "There is a control character", "请删除该字符", "delete the character"
    ),
    "yaml:duplicate-key": Message(
        "同一个键写了两次",
        "The same key is written twice",
        "请删去一个；前一处见“允许”",
        "remove one; the first stands at the place named",
    ),
    "yaml:anchor": Message(
        "不能用 YAML 锚点和别名（& *）",
        "YAML anchors and aliases (& *) are not used here",
        "请写出内容；以 * 或 & 开头的文字请加引号",
        "write the content out; put text that begins with * or & in quotes",
    ),
    "yaml:tag": Message("不能用 YAML 标签（!）", "YAML tags (!) are not used here", "请删去标签", "remove the tag"),
    "yaml:not-a-mapping": Message(
        "文档应是“键: 值”",
        "A document is a mapping of keys to values",
        "请以 measure: 等键开头",
        "begin with a key such as measure:",
    ),
    "yaml:key-not-text": Message(
        "键应是单个词", "A key is a single word", "含 {} [] 的文字请加引号", "put text with {} or [] in quotes"
    ),
}
_SHAPES = {
    "pack:unknown-document": Message(
        "不认识这种文档",
        "There is no such kind of document",
        "文档的第一个键说明它是什么",
        "the first key of a document says what it is",
    ),
    "pack:unknown-key": Message("没有这个键", "There is no such key", "请改正或删去", "correct or remove it"),
    "pack:comma": Message(
        "逗号把文字切断了", "A comma cuts the text in two", "含逗号的文字请加引号", "put text with a comma in quotes"
    ),
    "pack:missing-key": Message("缺少必需的键", "A required key is missing", "请补上", "add it"),
    "pack:empty": Message(
        "键后没有内容", "Nothing stands after the key", "请填写或删去该键", "fill it in or remove the key"
    ),
    "pack:wrong-shape": Message(
        "内容的形式不对", "The value has the wrong form", "请按允许的形式写", "write it in the form allowed"
    ),
    "pack:wrong-value": Message("这个值读不懂", "The value cannot be read", "请按示例写", "write it like the examples"),
    "pack:not-a-choice": Message(
        "不是可选的词", "This is not one of the words allowed", "请选其中一个", "choose one of them"
    ),
    "pack:not-an-offset": Message(
        "这个时限读不懂", "The offset cannot be read", "请写数字和单位", "write a number and a unit"
    ),
    "pack:unit": Message(
        "参数的单位与用法不符",
        "The parameter's unit does not fit its use",
        "请改单位或换参数",
        "change the unit or use another parameter",
    ),
    "pack:not-a-number-parameter": Message(
        "这里的参数应是整数",
        "The parameter here must be a whole number",
        "请用整数参数",
        "use a parameter with whole numbers",
    ),
}
_NAMES = {
    f"pack:unknown-{what}": Message(f"没有这个{zh}", f"There is no such {en}", do_zh, do_en)
    for what, zh, en, do_zh, do_en in (
        ("clause", "条款", "clause", "请在 clauses.yaml 中登记或改正编号", "add it to clauses.yaml or correct the id"),
        (
            "kind",
            "事实种类",
            "kind of fact",
            "请改正，或在 forms.yaml 中声明",
            "correct it or declare it in forms.yaml",
        ),
        (
            "selection",
            "选集或事实种类",
            "selection or kind of fact",
            "请改正，或在 selections.yaml 中声明",
            "correct it or declare it in selections.yaml",
        ),
        ("measure", "措施", "measure", "请改正编号", "correct the id"),
        ("requirement", "要求", "requirement", "请改正编号", "correct the id"),
        ("stage", "阶段", "stage", "请写本措施的阶段", "name a stage of this measure"),
        ("input", "输入值或锚点", "input or anchor", "请在 inputs 下声明", "declare it under inputs"),
        ("parameter", "参数", "parameter", "请在 parameters/ 中声明", "declare it in parameters/"),
        ("column", "字段", "column", "请写该事实种类的字段", "name a column of this kind of fact"),
        ("subject", "对象种类", "kind of subject", "请写词汇表里的对象", "name a subject of the vocabulary"),
        ("indicator", "指标", "indicator", "请改正编号", "correct the id"),
        (
            "unit",
            "单位、单位组或岗位",
            "unit, group or post",
            "请在 unit、group 或 post 文档中声明",
            "declare it in a unit, group or post",
        ),
        ("pack", "预案包", "pack", "请改正 extends 中的编号", "correct the id in extends"),
        ("exit", "出口", "exit", "请写措施的出口编号", "name an exit of the measure"),
    )
}
_PACKS = {
    "pack:no-plan": Message(
        "预案包没有 plan 文档", "The pack has no plan document", "请在 plan.yaml 中写 plan:", "write plan: in plan.yaml"
    ),
    "pack:two-plans": Message("预案包有两个 plan 文档", "The pack has two plan documents", "请只留一个", "keep one"),
    "pack:duplicate-id": Message(
        "同一编号用了两次",
        "The same id is used twice",
        "请改一个编号；前一处见“允许”",
        "rename one; the first stands at the place named",
    ),
    "pack:conflict": Message(
        "与所依据的预案冲突：两处定义同一编号",
        "This pack and the one it extends both define the same id",
        "请改编号，或在 plan.yaml 的 overrides 中写明有意替换",
        "rename it, or name it under overrides in plan.yaml",
    ),
    "pack:override-nothing": Message(
        "overrides 所列编号在所依据的预案中不存在",
        "The pack it extends has nothing of that id to override",
        "请改正或删去",
        "correct or remove it",
    ),
    "pack:adapts-no-pack": Message(
        "without 或 rename 所指的不是所依据的预案",
        "without and rename speak of a pack that is not extended",
        "请写 extends 中的预案编号",
        "name one of the packs extended",
    ),
    "pack:adapts-nothing": Message(
        "without 或 rename 所列编号在那份预案中不存在",
        "That pack has nothing of that id to leave out or rename",
        "请改正或删去",
        "correct or remove it",
    ),
    "pack:deviation": Message(
        "所依据的预案不允许这样改参数",
        "The plan it extends does not allow this value",
        "请用允许的值，或不改该参数",
        "use an allowed value or leave the parameter as it is",
    ),
    "pack:circle": Message(
        "extends 绕成了圈", "The packs extend each other in a circle", "请去掉其中一个 extends", "remove one extends"
    ),
    "pack:utc-offset": Message(
        "时区读不懂", "The distance from UTC cannot be read", '请写成 "+08:00"', 'write it like "+08:00"'
    ),
    "pack:no-source": Message(
        "参数没有依据",
        "The parameter has no source",
        "请写 clause；不是原文的写 why",
        "give its clause, or why if it is not from the text",
    ),
    "pack:parameter-type": Message(
        "参数值应是数字（单位为 text 时是文字）",
        "The value of a parameter is a number (text only with unit text)",
        "请改值或单位",
        "change the value or the unit",
    ),
    "pack:unused-parameter": Message(
        "参数没有用到", "The parameter is used nowhere", "请删去或使用", "remove it or use it", "warning"
    ),
    "pack:unused-selection": Message(
        "选集没有用到", "The selection is used nowhere", "请删去或使用", "remove it or use it", "warning"
    ),
}
_MEASURES = {
    "pack:wrong-subject": Message(
        "事实的对象与措施的对象不同",
        "The facts are about another kind of subject than the measure",
        "请换事实种类或改 binds",
        "use another kind of fact or change binds",
    ),
    "pack:wrong-type": Message(
        "表达式的类型不对", "The expression has the wrong type", "请改写表达式", "rewrite the expression"
    ),
    "pack:taken-name": Message("名称已被占用", "The name is already taken", "请另取名称", "choose another name"),
    "pack:no-form": Message(
        "要求没有写明什么、何时、几次",
        "The requirement does not say what, when or how often",
        "请写一种形式",
        "write one of the forms",
    ),
    "pack:two-forms": Message(
        "要求同时写了两种形式", "The requirement mixes two forms", "请只留一种", "keep one of them"
    ),
    "pack:no-meaning": Message(
        "这个键在这种形式里没有意义", "The key has no meaning in this form", "请删去", "remove it"
    ),
    "pack:window-order": Message(
        "时限早于开始", "The window ends before it begins", "请改 from、due 或 until", "change from, due or until"
    ),
    "pack:too-often": Message("周期太短", "The period is too short", "请写至少一分钟", "write at least one minute"),
    "pack:out-of-range": Message(
        "数字超出范围", "The number is out of range", "请写范围内的数", "write a number within the range"
    ),
    "pack:no-result": Message(
        "上级要求的事实没有后来才知道的结果",
        "The facts of the requirement above have no result that becomes known later",
        "请用有 known 的事实种类",
        "use a kind of fact with known:",
    ),
    "pack:not-a-child": Message(
        "result_within 只能写在 then 之下",
        "result_within stands only under then",
        "请移到 then 之下",
        "move it under then",
    ),
    "pack:stage-order": Message(
        "阶段顺序颠倒", "The stages are in the wrong order", "请先写较早的阶段", "write the earlier stage first"
    ),
    "pack:no-reference": Message(
        "该字段不指向所查事实的对象",
        "The column does not refer to the subject of the facts looked up",
        "请写指向该对象的 ref 字段",
        "name a ref column that refers to it",
    ),
    "pack:one-take": Message(
        "查询要写且只写一种取法", "A look-up takes exactly one thing", "请写其中一个", "write one of them"
    ),
    "pack:no-order": Message(
        "该字段不能比大小",
        "The column has no highest or lowest",
        "请用数字、时间或选项字段",
        "use a number, time or choice column",
    ),
    "pack:no-waiver": Message(
        "没有对象相同的 waiver 事实种类",
        "There is no kind of fact waiver with this subject",
        "请声明 waiver 或删去 waivable",
        "declare a waiver kind or remove waivable",
    ),
    "pack:too-many-conditions": Message(
        "措施的条件太多", "The measure has too many conditions", "请拆成两个措施", "split the measure in two"
    ),
    "pack:one-figure": Message(
        "指标要写 of、of_facts、figures 之一",
        "An indicator has one of of, of_facts and figures",
        "请写其中一个",
        "write one of them",
    ),
    "pack:kind-time": Message(
        "time、known.at、period_end 应是时间字段",
        "time, known.at and period_end name time columns",
        "请写 time 类型的字段",
        "name a column of type time",
    ),
    "pack:not-an-instant": Message(
        "时间读不懂", "The time cannot be read", "请写成 2020-05-25T14:00", "write it like 2020-05-25T14:00"
    ),
}
_EXPRESSIONS = {
    "expression:too-long": Message(
        "表达式太长", "The expression is too long", "请拆成选集或查询", "use selections or look-ups"
    ),
    "expression:too-deep": Message("表达式嵌套太深", "The expression is nested too deeply", "请简化", "simplify it"),
    "expression:stray-character": Message(
        "表达式中有无法识别的字符",
        "A character has no meaning in an expression",
        "请改正；文字用单引号",
        "correct it; text stands in single quotes",
    ),
    "expression:open-text": Message("引号没有闭合", "The quote is not closed", "请补上单引号", "add the closing quote"),
    "expression:no-such-date": Message(
        "没有这一天或时刻", "There is no such day or time", "请改正日期", "correct the date"
    ),
    "expression:unexpected": Message(
        "表达式在此处读不下去",
        "The expression cannot go on like this",
        "请检查此处的词和括号",
        "check the word and the brackets here",
    ),
    "expression:chained": Message(
        "比较不能连写", "Comparisons cannot be chained", "请用 and 分开写", "write two comparisons with and"
    ),
    "expression:wrong-types": Message(
        "两边的类型合不上", "The types do not go together", "请按允许的类型写", "use the types allowed"
    ),
    "expression:no-such-choice": Message(
        "该字段没有这个选项", "The column never holds this word", "请写词汇表里的选项", "write one of its choices"
    ),
    "expression:not-a-value": Message(
        "列表里只能写固定值",
        "A list holds fixed values only",
        "请写数字、文字或参数",
        "write numbers, texts or parameters",
    ),
    "expression:unknown-parameter": Message(
        "没有这个参数", "There is no such parameter", "请在 parameters/ 中声明", "declare it in parameters/"
    ),
    "expression:unknown-name": Message(
        "表达式里没有这个名称",
        "There is no such name here",
        "请写字段或查询的名称；文字加单引号",
        "name a column or look-up; text stands in single quotes",
    ),
    "expression:unknown-function": Message(
        "没有这个函数", "There is no such function", "请用列出的函数", "use one of the functions listed"
    ),
}
MESSAGES: Mapping[str, Message] = {
    **_FILES,
    **_YAML,
    **_SHAPES,
    **_NAMES,
    **_PACKS,
    **_MEASURES,
    **ELEMENTS,
    **_EXPRESSIONS,
}
