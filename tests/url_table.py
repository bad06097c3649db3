"""Every address of the site and what each role meets there: the one table to extend when an address is added.

    200 403 404 405 503   the status
    door                  sent to sign in
    on                    sent on to another page
    200/503               either: it depends on the machine

`POST name` asks with POST instead of GET. A star stands for every address of a namespace. Arguments of the
address follow its name as `key=value`. `sample.py` beside this file makes the rows that these arguments name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.people import EVERYBODY

TABLE = """
#                                              anonymous  elected  staff  reviewer  admin

portal:alive                                   200        200      200    200       200
portal:home                                    200        200      200    200       200
portal:accessibility                           200        200      200    200       200
portal:legal                                   200        200      200    200       200
portal:robots                                  200        200      200    200       200
portal:sitemap                                 200        200      200    200       200
portal:ready                                   200/503    200/503  200/503 200/503  200/503
portal:metrics                                 403        403      403    403       403
portal:jobs                                    200/503    200/503  200/503 200/503  200/503

portal:figure figure_id=1                      404        404      404    404       404
portal:figure_csv figure_id=1                  404        404      404    404       404
portal:figure_json figure_id=1                 404        404      404    404       404
portal:contest figure_id=1                     404        404      404    404       404
POST portal:contest figure_id=1                404        404      404    404       404
portal:contests                                door       403      200    200       200
portal:contest_one contest_id=1                door       403      404    404       404
portal:contest_answer contest_id=1             door       403      403    405       405
POST portal:contest_answer contest_id=1        door       403      403    404       404
portal:contradictions                          door       403      200    200       200
portal:contradiction code=rien                 door       403      404    404       404
portal:contradiction_choose code=rien          door       403      403    405       405
POST portal:contradiction_choose code=rien     door       403      403    404       404
portal:waiting figure_id=1                     door       403      404    404       404
portal:waiting_decide figure_id=1              door       403      403    405       405
POST portal:waiting_decide figure_id=1         door       403      403    404       404
portal:corrections                             200        200      200    200       200
portal:corrections_csv                         200        200      200    200       200
portal:sources                                 200        200      200    200       200
portal:data                                    200        200      200    200       200
portal:attested_csv                            200        200      200    200       200
portal:territories_csv                         200        200      200    200       200
portal:odbl_csv                                200        200      200    200       200
portal:elected                                 door       200      200    200       200
portal:staff                                   door       403      200    200       200
portal:runs                                    door       403      200    200       200
portal:runs_queue                              door       403      on     on        on
portal:runs_csv                                door       403      200    200       200
portal:run run_id=1                            door       403      404    404       404
portal:run_state run_id=1                      door       403      404    404       404
portal:run_changes_csv run_id=1                door       403      404    404       404
portal:run_refused_csv run_id=1                door       403      404    404       404
portal:run_to_correct_csv run_id=1             door       403      404    404       404
portal:run_answer run_id=1 rank=0              door       403      404    404       404
portal:run_answer_file run_id=1 rank=0         door       403      404    404       404
portal:run_release run_id=1                    door       403      405    405       405
POST portal:run_release run_id=1               door       403      404    404       404
portal:run_refuse run_id=1                     door       403      405    405       405
POST portal:run_refuse run_id=1                door       403      404    404       404
portal:run_hold run_id=1                       door       403      405    405       405
POST portal:run_hold run_id=1                  door       403      404    404       404
portal:run_retry run_id=1                      door       403      405    405       405
POST portal:run_retry run_id=1                 door       403      404    404       404
portal:run_dataset code=rien                   door       403      404    404       404
portal:run_upload code=rien                    door       403      405    405       405
POST portal:run_upload code=rien               door       403      404    404       404
portal:run_pause code=rien                     door       403      405    405       405
POST portal:run_pause code=rien                door       403      404    404       404
portal:run_resume code=rien                    door       403      405    405       405
POST portal:run_resume code=rien               door       403      on     on        on
portal:refresh                                 door       403      405    405       405
POST portal:refresh                            door       403      on     on        on

projects:sites                                 200        200      200    200       200
projects:sites_file form=csv                   200        200      200    200       200
projects:site slug=bridgestone-bethune         404        404      404    404       404
projects:projects                              200        200      200    200       200
projects:projects_file form=csv                200        200      200    200       200
projects:project slug=tech-3e                  404        404      404    404       404
projects:map                                   200        200      200    200       200
projects:commitments                           200        200      200    200       200
projects:commitments_csv                       200        200      200    200       200
projects:implantations                         200        200      200    200       200
projects:jobs_by_cohort                        200        200      200    200       200
projects:jobs_by_cohort_csv                    200        200      200    200       200
projects:confirm token=rien                    404        404      404    404       404
projects:elected_prospects                     door       200      200    200       200
projects:prospects                             door       403      200    200       200
projects:prospect_new                          door       403      200    200       200
projects:weights                               door       403      200    200       200
projects:conversion                            door       403      200    200       200
projects:calibration                           door       403      200    200       200
projects:prospect slug=rien                    door       403      404    404       404
projects:prospect_open slug=rien               door       403      405    405       405
POST projects:prospect_open slug=rien          door       403      404    404       404
projects:prospect_change slug=rien             door       403      404    404       404
projects:prospect_pass slug=rien               door       403      405    405       405
POST projects:prospect_pass slug=rien          door       403      404    404       404
projects:prospect_contact slug=rien            door       403      405    405       405
POST projects:prospect_contact slug=rien       door       403      404    404       404
projects:job_claims                            door       403      200    200       200
projects:confirmation_ask pk=1                 door       403      405    405       405
POST projects:confirmation_ask pk=1            door       403      404    404       404
projects:confirmation_withdraw pk=1            door       403      405    405       405
POST projects:confirmation_withdraw pk=1       door       403      404    404       404

projects:standards                             200        200      200    200       200
projects:standard_csv code=friches             200        200      200    200       200
projects:standard_geojson code=site-eco        200        200      200    200       200
projects:updates                               door       403      200    200       200
projects:update pk=1                           door       403      404    404       404
projects:update_decide pk=1                    door       403      403    405       405
POST projects:update_decide pk=1               door       403      403    404       404
projects:update_take_back pk=1                 door       403      405    405       405
POST projects:update_take_back pk=1            door       403      404    404       404
projects:update_give_up pk=1                   door       403      405    405       405
POST projects:update_give_up pk=1              door       403      404    404       404
projects:update_comment pk=1                   door       403      405    405       405
POST projects:update_comment pk=1              door       403      404    404       404
projects:update_seen pk=1                      door       403      405    405       405
POST projects:update_seen pk=1                 door       403      404    404       404
projects:update_entry kind=projets slug=rien   door       403      404    404       404
POST projects:update_entry kind=projets slug=rien door    403      404    404       404
projects:update_autosave kind=sites slug=rien  door       403      405    405       405
POST projects:update_autosave kind=sites slug=rien door   403      404    404       404
projects:staff_file pk=1                       door       403      404    404       404
projects:staff_thumb pk=1                      door       403      404    404       404
projects:file pk=1                             404        404      404    404       404
projects:thumb pk=1                            404        404      404    404       404
projects:reminders                             door       403      200    200       200
projects:follow kind=projets slug=rien         door       403      405    405       405
POST projects:follow kind=projets slug=rien    door       403      404    404       404
projects:staff_standards                       door       403      200    200       200
projects:standard_bring                        door       403      405    405       405
POST projects:standard_bring                   door       403      400    400       400
projects:standard_cartofriches                 door       403      405    405       405
POST projects:standard_cartofriches            door       403      400    400       400
projects:standard_whole_csv code=friches       door       403      200    200       200
projects:standard_import pk=1                  door       403      404    404       404
projects:standard_state pk=1                   door       403      404    404       404
projects:standard_compare pk=1                 door       403      405    405       405
POST projects:standard_compare pk=1            door       403      404    404       404
projects:standard_refused_csv pk=1             door       403      404    404       404
projects:standard_accept pk=1                  door       403      405    405       405
POST projects:standard_accept pk=1             door       403      404    404       404
projects:standard_abandon pk=1                 door       403      405    405       405
POST projects:standard_abandon pk=1            door       403      404    404       404
projects:standard_undo pk=1                    door       403      405    405       405
POST projects:standard_undo pk=1               door       403      404    404       404

projects:parks                                 200        200      200    200       200
projects:parks_csv                             200        200      200    200       200
projects:park slug=rien                        404        404      404    404       404
projects:inventories                           door       403      200    200       200
projects:inventory_round_new                   door       403      200    200       200
POST projects:inventory_round_new              door       403      400    400       400
projects:inventory_round pk=1                  door       403      404    404       404
projects:inventory_adopt pk=1                  door       403      405    405       405
POST projects:inventory_adopt pk=1             door       403      404    404       404
projects:inventory_park slug=rien              door       403      404    404       404
projects:land_unit_new slug=rien               door       403      404    404       404
projects:land_unit slug=rien pk=1              door       403      404    404       404
projects:unit_stay_remove slug=rien pk=1 stay=1 door       403      405    405       405
POST projects:unit_stay_remove slug=rien pk=1 stay=1 door       403      404    404       404
# Aid, support, steering, promises.
projects:aid                                   200        200      200    200       200
projects:aid_csv                               200        200      200    200       200
projects:subventions                           200        200      200    200       200
projects:cases                                 door       403      200    200       200
projects:case_new                              door       403      200    200       200
projects:case pk=1                             door       403      404    404       404
projects:case_change pk=1                      door       403      404    404       404
projects:act_new pk=1                          door       403      405    405       405
POST projects:act_new pk=1                     door       403      404    404       404
projects:act_withdraw pk=1 act=1               door       403      404    404       404
projects:funding                               door       403      200    200       200
projects:funding_new                           door       403      200    200       200
projects:de_minimis                            door       403      200    200       200
projects:accounts                              door       403      200    200       200
projects:operation_line_new slug=rien          door       403      404    404       404
projects:departure pk=1                        door       403      404    404       404
projects:links                                 door       403      200    200       200
projects:link_new                              door       403      200    200       200
projects:link_change pk=1                      door       403      404    404       404
projects:funding_line pk=1                     door       403      404    404       404
projects:funding_change pk=1                   door       403      404    404       404
projects:shares pk=1                           door       403      404    404       404
projects:movement_new pk=1                     door       403      404    404       404
projects:movement_cancel pk=1 movement=1       door       403      404    404       404
projects:counterpart_new pk=1                  door       403      404    404       404
projects:counterpart_check pk=1 counterpart=1  door       403      404    404       404
projects:promises                              door       403      200    200       200
projects:promise_new                           door       403      200    200       200
projects:promise_change slug=rien              door       403      404    404       404
projects:verdict_new slug=rien                 door       403      404    404       404
projects:steered                               door       403      200    200       200
projects:project_new                           door       403      200    200       200
projects:site_new                              door       403      200    200       200
projects:site_sheet slug=rien                  door       403      404    404       404
projects:site_change slug=rien                 door       403      404    404       404
projects:publication kind=sites slug=rien      door       403      404    404       404
POST projects:publication kind=sites slug=rien door       403      404    404       404
projects:publication kind=aides slug=rien      door       403      404    404       404
projects:publication kind=aides slug=1         door       403      404    404       404
POST projects:publication kind=engagements slug=rien door 403      404    404       404
projects:preview kind=projets slug=rien        door       403      404    404       404
projects:steer slug=rien                       door       403      404    404       404
projects:project_change slug=rien              door       403      404    404       404
projects:passage_new slug=rien                 door       403      404    404       404
projects:partner_new slug=rien                 door       403      404    404       404
projects:milestone_new slug=rien               door       403      404    404       404
projects:milestone_replan slug=rien pk=1       door       403      404    404       404
projects:milestone_reached slug=rien pk=1      door       403      404    404       404
projects:budget_new slug=rien                  door       403      404    404       404
projects:risk_new slug=rien                    door       403      404    404       404
projects:risk_change slug=rien pk=1            door       403      404    404       404
projects:decision_new slug=rien                door       403      404    404       404

projects:staff_list of=sites                   door       403      200    200       200
projects:view_keep of=sites                    door       403      405    405       405
POST projects:view_keep of=sites               door       403      on     on        on
projects:view_forget of=sites pk=1             door       403      405    405       405
POST projects:view_forget of=sites pk=1        door       403      404    404       404
projects:imports                               door       403      200    200       200
POST projects:imports                          door       403      400    400       400
projects:import pk=1                           door       403      404    404       404
projects:import_state pk=1                     door       403      404    404       404
projects:import_refused pk=1 form=csv          door       403      404    404       404
projects:import_apply pk=1                     door       403      405    405       405
POST projects:import_apply pk=1                door       403      404    404       404
projects:import_ask pk=1                       door       403      405    405       405
POST projects:import_ask pk=1                  door       403      404    404       404
projects:import_take_back pk=1                 door       403      405    405       405
POST projects:import_take_back pk=1            door       403      404    404       404
projects:import_send_back pk=1                 door       403      403    405       405
POST projects:import_send_back pk=1            door       403      403    404       404
projects:import_undo pk=1                      door       403      405    405       405
POST projects:import_undo pk=1                 door       403      404    404       404
projects:import_cancel pk=1                    door       403      405    405       405
POST projects:import_cancel pk=1               door       403      404    404       404
projects:import_template sheet=sites form=csv  door       403      200    200       200
projects:import_export sheet=sites form=csv    door       403      200    200       200

employment:plan                                200        200      200    200       200
employment:any_plan slug=rien                  404        404      404    404       404
employment:plans                               200        200      200    200       200
employment:closure slug=rien                   404        404      404    404       404
employment:closure_csv slug=rien               404        404      404    404       404
employment:closure_json slug=rien              404        404      404    404       404
employment:closure_pdf slug=rien               404        404      404    404       404
employment:agreement slug=rien                 404        404      404    404       404
employment:schools                             200        200      200    200       200
employment:school slug=rien                    404        404      404    404       404
employment:balance                             200        200      200    200       200
employment:staff_plans                         door       403      200    200       200
employment:follow_up_new slug=rien             door       403      404    404       404
employment:follow_up slug=rien pk=1            door       403      404    404       404
employment:follow_up_change slug=rien pk=1     door       403      404    404       404
employment:follow_up_correct slug=rien pk=1    door       403      404    404       404
employment:follow_up_decide slug=rien pk=1     door       403      403    405       405
POST employment:follow_up_decide slug=rien pk=1 door       403      403    404       404
employment:follow_up_abandon slug=rien pk=1    door       403      405    405       405
POST employment:follow_up_abandon slug=rien pk=1 door       403      404    404       404
employment:entry_first code=plans              door       403      200    200       200
employment:entry_new code=dates slug=rien      door       403      404    404       404
employment:entry code=dates pk=1               door       403      404    404       404
employment:entry_change code=dates pk=1        door       403      404    404       404
employment:entry_correct code=dates pk=1       door       403      404    404       404
employment:entry_decide code=dates pk=1        door       403      403    405       405
POST employment:entry_decide code=dates pk=1   door       403      403    404       404
employment:entry_abandon code=dates pk=1       door       403      405    405       405
POST employment:entry_abandon code=dates pk=1  door       403      404    404       404

accounts:login                                 200        on       on     on        on
accounts:logout                                405        405      405    405       405
POST accounts:logout                           on         on       on     on        on
accounts:profile                               door       200      200    200       200
accounts:second_factor                         door       200      200    on        on
accounts:second_factor_begin                   405        405      405    405       405
POST accounts:second_factor_begin              door       on       on     403       403
accounts:recovery_codes                        door       405      405    405       405
POST accounts:recovery_codes                   door       on       on     200       200
accounts:second_factor_remove                  door       405      405    405       405
POST accounts:second_factor_remove             door       on       on     403       403
accounts:password_change                       door       200      200    200       200
accounts:password_forgotten                    200        200      200    200       200
accounts:password_sent                         200        200      200    200       200
accounts:password_new uidb64=MQ token=a-b      200        200      200    200       200
accounts:password_done                         200        200      200    200       200

indicators:catalogue                           200        200      200    200       200
indicators:indicator code=EMP-01               200        200      200    200       200
indicators:figure code=EMP-01                  200        200      200    200       200
indicators:csv code=EMP-01                     200        200      200    200       200
indicators:json code=EMP-01                    200        200      200    200       200
indicators:axis slug=emploi                    200        200      200    200       200
indicators:axis_csv slug=emploi                200        200      200    200       200

territory:communes                             200        200      200    200       200
territory:communes-csv                         200        200      200    200       200
territory:commune code=62119                   404        404      404    404       404

admin:*                                        door       403      403    403       *
"""

# Open pages with a form of their own need a cookie for its token; no other open page may set or vary on one.
WITH_A_FORM = {
    "accounts:login",
    "accounts:password_forgotten",
    "accounts:password_new",
    "accounts:second_factor",
    "projects:confirm",
}

# Addresses promised to the public: links to them stand in reports and letters, they never move.
PROMISED_OPEN = [
    "/",
    "/axes/emploi/",
    "/indicateurs/",
    "/indicateurs/EMP-01/",
    "/indicateurs/EMP-01.csv",
    "/indicateurs/EMP-01.json",
    "/chiffres/1/",
    "/communes/",
    "/communes/62119/",
    "/plans/bridgestone-bethune/",
    "/sites/",
    "/sites/bridgestone-bethune/",
    "/projets/",
    "/projets/tech-3e/",
    "/engagements/",
    "/carte/",
    "/standards/",
    "/standards/friches.csv",
    "/zones-activite/",
    "/aides/",
    "/donnees/",
    "/sources/",
    "/corrections/",
    "/accessibilite/",
    "/mentions-legales/",
    "/compte/connexion/",
    "/sante/vif",
    "/sante/pret",
]
PROMISED_CLOSED = ["/elus/", "/equipe/", "/admin/"]


@dataclass(frozen=True, slots=True)
class Row:
    method: str
    name: str
    arguments: dict[str, str]
    expected: dict[str, str]

    def __str__(self) -> str:
        return " ".join([self.method, self.name, *(f"{k}={v}" for k, v in self.arguments.items())])


def rows() -> Iterator[Row]:
    for line in TABLE.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split()
        outcomes = words[-len(EVERYBODY) :]
        words = words[: -len(EVERYBODY)]
        method = words.pop(0) if words[0] in ("POST", "PUT", "DELETE") else "GET"
        name, *arguments = words
        yield Row(
            method,
            name,
            dict(argument.split("=", 1) for argument in arguments),
            dict(zip(EVERYBODY, outcomes, strict=True)),
        )
