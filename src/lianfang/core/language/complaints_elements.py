"""The catalogue, second part: messages about organisation, tasks, checklists and what else stands for measures."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.language.message import Message

ELEMENTS: Mapping[str, Message] = {
    "pack:group-circle": Message(
        "单位组包含了自己", "A group contains itself", "请从 members 中去掉", "remove it from members"
    ),
    "pack:not-a-unit": Message(
        "这里要写单位或单位组，不能写岗位",
        "A unit or a group of units stands here, not a post",
        "请写单位或单位组",
        "name a unit or a group",
    ),
    "pack:no-due": Message(
        "任务没有写明（或没有写清）完成时限",
        "The task does not say by when it is due",
        "请写 due 或 within 之一",
        "write either due or within",
    ),
    "pack:due-at-issue": Message(
        "任务在下发当天（或之前）就到期",
        "The task is due on the day of issue or before",
        "请核对原文日期",
        "check the date in the text",
        "warning",
    ),
    "pack:no-escalation": Message(
        "没有确定期限的任务不能督办",
        "Without a fixed due time nobody can be told that it has passed",
        "请写日期或以天、小时计的 within",
        "write a date, or within in days or hours",
    ),
    "pack:loop-as-evidence": Message(
        "闭环不能作为证据、出口或中止",
        "A loop is no evidence and neither ends nor suspends another",
        "请写事实种类；要看闭环请在 opens/with 中查询",
        "name a kind of fact; ask for loops in opens/with",
    ),
    "pack:unknown-calendar": Message(
        "没有该日历",
        "There is no such calendar",
        "请写 calendar 文档中的日历，或写 7 d、1 mo 等周期",
        "name a calendar document, or a period such as 7 d or 1 mo",
    ),
    "pack:not-hours": Message(
        "时段写法不对，或前后时段重叠",
        "These are no hours of a day, or they overlap",
        "请按先后写成 07:30-09:00",
        "write them one after the other as 07:30-09:00",
    ),
    "pack:not-a-post": Message(
        "审批的应是岗位",
        "A post approves, not a unit",
        "请写 post 文档中的岗位",
        "name a post that a post document declares",
    ),
    "pack:same-approver": Message(
        "同一岗位审批两次", "The same post approves twice", "请写另一个岗位", "name another post"
    ),
    "pack:personal": Message(
        "对外发布的内容含个人信息字段",
        "What is published has columns for personal data",
        "请发布不含个人信息的事实种类",
        "publish a kind of fact without personal columns",
    ),
}
