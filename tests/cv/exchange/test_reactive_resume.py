"""Files of Reactive Resume, version 4 and the format since version 5, are recognised and read."""

from __future__ import annotations

import json
from typing import Any

from clicnjob.cv.exchange import work_file
from clicnjob.cv.model.profile import Period
from tests.for_each import for_each

VERSION_4: dict[str, Any] = {
    "basics": {
        "name": "BA Awa", "headline": "Vendeuse", "email": "awa.ba@exemple.fr", "phone": "0612345678",
        "location": "Lyon, France", "url": {"label": "", "href": "https://exemple.fr"}, "customFields": [],
        "picture": {"url": "", "size": 64},
    },
    "sections": {
        "summary": {"name": "Summary", "visible": True, "content": "<p>Je cherche un <b>CDI</b>.</p>"},
        "experience": {
            "items": [
                {"visible": True, "company": "Boulangerie", "position": "Vendeuse", "location": "Lyon",
                 "date": "March 2020 - Present", "summary": "<ul><li>Caisse</li><li>Accueil</li></ul>"},
                {"visible": False, "company": "Cachée", "position": "Cachée"},
            ]
        },
        "volunteer": {"items": [{"organization": "Restos du cœur", "position": "Bénévole", "date": "2023"}]},
        "education": {"items": [{"institution": "Lycée", "studyType": "CAP", "area": "Vente", "date": "2019 - 2021"}]},
        "certifications": {"items": [{"name": "PSC", "issuer": "Croix-Rouge", "date": "2021-11"}]},
        "languages": {"items": [{"name": "Anglais", "description": "B1", "level": 3}]},
        "skills": {"items": [{"name": "Caisse", "keywords": ["Espèces", "Carte"]}]},
        "interests": {"items": [{"name": "Danse", "keywords": []}]},
        "awards": {"items": [{"title": "Prix"}]},
        "profiles": {"items": []},
    },
    "metadata": {"template": "onyx"},
}  # fmt: skip
VERSION_5: dict[str, Any] = {
    "picture": {"hidden": False, "url": ""},
    "basics": {
        "name": "BA Awa", "headline": "Vendeuse", "email": "awa.ba@exemple.fr", "phone": "0612345678",
        "location": "Lyon, France", "website": {"url": "https://exemple.fr", "label": ""}, "customFields": [],
    },
    "summary": {"title": "", "hidden": False, "content": "<p>Je cherche un <b>CDI</b>.</p>"},
    "sections": {
        "experience": {
            "hidden": False,
            "items": [
                {"hidden": False, "company": "Boulangerie", "position": "", "location": "Lyon", "period": "2020",
                 "description": "", "roles": [{"position": "Vendeuse", "period": "March 2020 – Present",
                                               "description": "<ul><li>Caisse</li><li>Accueil</li></ul>"}]},
                {"hidden": True, "company": "Cachée", "position": "Cachée", "roles": []},
            ],
        },
        "volunteer": {"hidden": False, "items": [{"organization": "Restos du cœur", "period": "2023"}]},
        "education": {"hidden": False, "items": [{"school": "Lycée", "degree": "CAP", "area": "Vente",
                                                  "period": "2019 - 2021", "grade": ""}]},
        "certifications": {"hidden": False, "items": [{"title": "PSC", "issuer": "Croix-Rouge", "date": "2021-11"}]},
        "languages": {"hidden": False, "items": [{"language": "Anglais", "fluency": "B1", "level": 3}]},
        "skills": {"hidden": False, "items": [{"name": "Caisse", "keywords": ["Espèces", "Carte"]}]},
        "interests": {"hidden": False, "items": [{"name": "Danse", "keywords": []}]},
        "awards": {"hidden": False, "items": [{"title": "Prix"}]},
    },
    "customSections": [],
    "metadata": {},
}  # fmt: skip


@for_each("written", [VERSION_4, VERSION_5])
def test_a_reactive_resume_is_read_whole(written: dict[str, Any]) -> None:
    found = work_file.read_work_file(json.dumps(written).encode())
    profile, cv = found.profile, found.cvs[0]
    assert (profile.first_name, profile.last_name, profile.phone, profile.town) == ("Awa", "BA", "+33612345678", "Lyon")
    assert (cv.job_wanted, cv.opening) == ("Vendeuse", ["Je cherche un CDI."])
    job, volunteering = profile.experiences
    assert (job.title, job.place, job.town, job.phrases) == ("Vendeuse", "Boulangerie", "Lyon", ["Caisse", "Accueil"])
    assert job.period == Period(start="2020-03", ongoing=True)
    assert (volunteering.kind, volunteering.period) == ("benevolat", Period(start="2023"))
    (study,) = profile.studies
    assert (study.level, study.title, study.period) == ("cap", "Vente", Period(start="2019", end="2021"))
    assert [(one.label, one.detail) for one in profile.certificates] == [("PSC", "Croix-Rouge, novembre 2021")]
    assert [one.key for one in profile.languages] == ["anglais"]
    assert profile.skills == ["Caisse\u00a0: Espèces, Carte"]
    (said,) = found.left_out
    assert "tes prix" in said and "tes liens internet" in said


@for_each(
    "sections",
    [
        {"experience": 3},
        {"experience": {"items": 3}},
        {"experience": {"items": [3, None, {"company": {}}]}},
        {"experience": {"items": [{"roles": [1]}]}},
        {"education": []},
        {"summary": [], "custom": {"x": 1}},
    ],
)
def test_a_broken_section_never_stops_the_rest(sections: dict[str, Any]) -> None:
    made = {"basics": {"name": "Awa Ba"}, "sections": sections}
    assert work_file.read_work_file(json.dumps(made).encode()).profile.first_name == "Awa"
