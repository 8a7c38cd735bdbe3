"""Tiếng (âm tiết): whether a word could be one syllable of Vietnamese.

Contract: says yes to every syllable that the spelling rules allow, whatever the place of the tone mark; no to foreign words,
abbreviations, figures, and words of mixed case. Used as evidence when old encodings are told from Unicode; a no is never a
fault of a name, since Ê Đê, Gia Rai, Khmer or Hmong names follow other rules.
Source: onsets and rhymes of Vietnamese spelling; a syllable closed by p, t, c or ch carries only sắc or nặng.
"""

from __future__ import annotations

import functools
from typing import Final

from tinnhiem.people.letters import spell

ONSETS: Final = (*"ngh ng gh gi kh nh ph th tr ch qu b c d đ g h k l m n p r s t v x".split(), "")

RHYMES: Final = frozenset(
    """
    a ai ay ao au am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc ây âu âm ân âng âp ât âc
    e eo em en eng ep et ec ê êu êm ên ênh êp êt êch
    i iu im in inh ip it ich ia iêu iêm iên iêng iêp iêt iêc y yêu yêm yên yêng yêt ynh yt
    o oi om on ong op ot oc oa oai oay oao oam oan oang oanh oap oat oac oach oăm oăn oăng oăt oăc oe oeo oen oet oong ooc
    ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt
    u ui um un ung up ut uc ua uôi uôm uôn uông uôt uôc uê uêch uênh uơ uây uân uâng uât
    uy uya uyu uyên uyêt uynh uych uyt uyn uyp
    ư ưi ưu ưm ưn ưng ưt ưc ưa ươi ươu ươm ươn ương ươp ươt ươc
    """.split()
)

STOPS: Final = ("p", "t", "c", "ch")


def is_vietnamese_syllable(word: str) -> bool:
    """Có thể là một tiếng Việt: whether `word` is spelled as one Vietnamese syllable, in one consistent case.

    Consistent is lower case, capitals, or a capital first letter; `TuÊn` is not.
    """
    if not word or word not in (word.lower(), word.upper(), word[:1].upper() + word[1:].lower()):
        return False
    return _is_syllable(word.lower())


@functools.lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    spelled = list(spell(word))
    tones = [tone for _, tone in spelled if tone != "ngang"]
    if len(tones) > 1:
        return False
    letters = "".join(letter for letter, _ in spelled)
    for onset in ONSETS:
        rhyme = letters[len(onset) :]
        stopped = rhyme.endswith(STOPS)
        if letters.startswith(onset) and rhyme in RHYMES and (not stopped or tones in (["sắc"], ["nặng"])):
            return True
    # "gì", "giêng", "gìn": the i belongs to onset and rhyme at once.
    return letters.startswith("gi") and letters[1:] in RHYMES
