"""« Mes rappels »: a yes for each channel, with the number or the address to write to, and how to stop."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from clicnjob import db, models, policy
from clicnjob.accounts.presence import Present
from clicnjob.cohort.notifications import channels, outcomes
from clicnjob.cohort.notifications.channels import AgreedChannel, OwnNotifications
from clicnjob.config import current_settings
from clicnjob.models import NotificationChannel
from clicnjob.privacy.export.stored_work import full_day
from clicnjob.ui.forms import text_boxes
from clicnjob.ui.shell import double_click, layout, navigation, session_state, transactions

_NOTHING = OwnNotifications((), (), {}, ())


@dataclass(frozen=True, slots=True)
class ChannelWords:
    """What the page says of one channel."""

    title: str
    label: str
    example: str
    yes: str
    receives: str
    stop: str
    icon: str


_WORDS = {
    NotificationChannel.SMS: ChannelWords(
        "Par SMS",
        "Ton numéro de portable",
        "06 12 34 56 78",
        "Oui, par SMS",
        "On t’envoie un SMS au",
        "Arrêter les SMS",
        ":material/sms:",
    ),
    NotificationChannel.MAIL: ChannelWords(
        "Par e-mail",
        "Ton adresse e-mail",
        "zoe.martin@exemple.fr",
        "Oui, par e-mail",
        "On t’envoie un e-mail à",
        "Arrêter les e-mails",
        ":material/mail:",
    ),
}


def read_notifications(me: Present) -> OwnNotifications:
    """Read what the person agreed to and what left; nothing for somebody whom no structure follows."""
    if not channels.may_be_notified(me):
        return _NOTHING
    with db.read_transaction() as session:
        return channels.own_notifications(session, of=me, settings=current_settings())


def is_offered(me: Present) -> bool:
    """Whether « Mes rappels » has something to offer to this person."""
    return channels.may_be_notified(me) and bool(channels.channels_set_up(current_settings()))


def draw_what_they_say(found: OwnNotifications) -> None:
    """Say what a reminder says and what it never says."""
    if not found.offered and not found.agreed:
        st.text("Ici, il n’y a pas de rappels. Regarde ton accueil quand tu viens.")
        return
    st.text("La veille d’un rendez-vous, ou quand tu as un message, on peut te prévenir.")
    st.text("Le rappel ne dit ni qui, ni pourquoi, ni où. Tu lis le reste ici.")
    st.info(
        "Quelqu’un d’autre lit ton téléphone ou tes e-mails\u00a0? Alors ne dis pas oui. Rien ne change pour toi.",
        icon=":material/visibility_off:",
    )


def draw_channels(found: OwnNotifications) -> None:
    """Draw a card for each channel: the yes with its box, or since when and how to stop."""
    agreed = {one.channel: one for one in found.agreed}
    shown = [channel for channel in NotificationChannel if channel in found.offered or channel in agreed]
    if not shown:
        return
    with st.container(key="cj-stages", horizontal=True, gap="medium"):
        for channel in shown:
            words = _WORDS[channel]
            with st.container(key=f"cj-stage-{channel.value}", border=True):
                st.header(words.title, anchor=False)
                if channel in agreed:
                    _draw_stop(agreed[channel], words)
                else:
                    _draw_yes(channel, words, found.proposed.get(channel, ""))
    st.text(
        f"De {policy.NOTIFIED_HOURS.start}\u00a0h à {policy.NOTIFIED_HOURS.stop}\u00a0h, jamais le dimanche ni un jour férié. "
        f"Au plus {policy.NOTIFICATIONS_A_WEEK} par semaine."
    )


def draw_latest(found: OwnNotifications) -> None:
    """Draw what left lately."""
    if not found.latest:
        return
    now = models.utc_now()
    with st.expander("Les derniers rappels", icon=":material/history:", key="notifications-latest"):
        for one in found.latest:
            st.text(outcomes.own_outcome_said(one, now=now))


def draw_way_in(me: Present) -> None:
    """Draw the button to « Mes rappels », where there are some."""
    if is_offered(me) and st.button("Mes rappels\u00a0: SMS ou e-mail", key="go-notifications", icon=":material/sms:"):
        st.switch_page(navigation.page_path("young/notifications.py"))


def _draw_yes(channel: NotificationChannel, words: ChannelWords, proposed: str) -> None:
    key = f"notify-{channel.value}"
    with st.form(f"notify-form-{channel.value}", border=False, enter_to_submit=True):
        text_boxes.draw_message(
            words.label, key=key, most=policy.LINE_LENGTH, placeholder=words.example, value=proposed
        )
        st.form_submit_button(
            words.yes,
            key=f"{key}-yes",
            type="primary",
            icon=words.icon,
            on_click=double_click.act_at_first_click,
            args=("channel", (key,), _agree_to_channel, channel, key),
        )


def _agree_to_channel(channel: NotificationChannel, key: str) -> None:
    typed = session_state.widget_value(key, str) or ""
    if transactions.run_action(
        lambda session, me: channels.agree_to_channel(
            session, by=me, channel=channel, typed=typed, now=models.utc_now(), settings=current_settings()
        )
    ):
        text_boxes.clear_messages(key)
        session_state.tell_once("C’est noté. On te préviendra.")


def _draw_stop(one: AgreedChannel, words: ChannelWords) -> None:
    st.text(f"{words.receives} {layout.escape_markdown(one.address)}.")
    st.text(f"Tu as dit oui le {full_day(one.since)}. Tu peux arrêter quand tu veux.")
    st.button(
        words.stop,
        key=f"notify-{one.channel.value}-stop",
        icon=":material/notifications_off:",
        on_click=_stop_channel,
        args=(one.channel,),
    )


def _stop_channel(channel: NotificationChannel) -> None:
    if transactions.run_action(
        lambda session, me: channels.stop_channel(session, by=me, channel=channel, now=models.utc_now())
    ):
        session_state.tell_once("C’est arrêté. On ne garde ni ton numéro ni ton adresse ici.")
