#include "tests/sim/clocks_oracle.h"

#include <algorithm>

namespace candor::sim {

std::string ClocksOracle::see_overdue(const entry::OverdueSet& e) {
    Book& book = books_[e.incident];
    if (e.since.ms == 0 && !book.settled_now && !book.excused) {
        return "incident " + e.incident.value + " is no longer overdue although nobody wrote";
    }
    ++seen_[e.since.ms == 0 ? "overdue ended" : "overdue"];
    book.overdue_since = e.since;
    return "";
}

std::string ClocksOracle::see(const Batch& batch, const Entry& entry) {
    if (const auto* opened = std::get_if<entry::IncidentOpened>(&entry)) {
        books_[opened->incident].due = batch.at + explain_within_;
    } else if (const auto* promoted = std::get_if<entry::IncidentPromoted>(&entry)) {
        Book& book = books_[promoted->incident];
        if (book.human) {
            book = {};
            book.due = batch.at + explain_within_;
        }
    } else if (const auto* posted = std::get_if<entry::IncidentPosted>(&entry)) {
        Book& book = books_[posted->incident];
        if (posted->origin == Origin::kHuman) book.human = book.settled_now = true;
    } else if (const auto* phase = std::get_if<entry::IncidentPhaseSet>(&entry)) {
        Book& book = books_[phase->incident];
        if (phase->phase >= IncidentPhase::kResolved && book.human) book.settled_now = true;
    } else if (const auto* retracted = std::get_if<entry::IncidentRetracted>(&entry)) {
        books_[retracted->incident].excused = true;
    } else if (const auto* drill = std::get_if<entry::IncidentDrillSet>(&entry)) {
        books_[drill->incident].excused = true;
    } else if (const auto* merged = std::get_if<entry::IncidentMerged>(&entry)) {
        books_[merged->incident].excused = true;
        ++seen_["merged"];
    } else if (const auto* called = std::get_if<entry::EscalationRaised>(&entry)) {
        books_[called->incident].holding = 0;
        ++seen_["escalation"];
    } else if (const auto* note = std::get_if<entry::HoldingNoteMarked>(&entry)) {
        ++seen_["holding note"];
        if (++books_[note->incident].holding > 1) {
            return "incident " + note->incident.value +
                   " has two holding notes and nobody was called in between";
        }
    } else if (const auto* overdue = std::get_if<entry::OverdueSet>(&entry)) {
        return see_overdue(*overdue);
    }
    return "";
}

std::string ClocksOracle::owes(const core::State& after, const IncidentId& id, Timestamp at) const {
    const core::IncidentState& incident = *after.incidents.at(id);
    const Book& book = books_.at(id);
    const std::string who = "incident " + id.value;
    const bool owed = !incident.is_open() && !book.human && !book.excused;
    const bool listed = std::ranges::find(after.owed, id) != after.owed.end();
    if (owed && !listed) return who + " closed unexplained and is not owed any more";
    if (!owed && listed) return who + " is owed although nothing is";
    if (!incident.is_open() || book.human || at < book.due) return "";
    if (book.overdue_since.ms != 0 && book.overdue_since <= book.due) return "";
    return who + " is open past its deadline without a word and not marked overdue";
}

std::string ClocksOracle::check(const core::State& after, const Batch& batch) {
    for (auto& [id, book] : books_) book.settled_now = false;
    for (const Entry& entry : batch.entries) {
        std::string broken = see(batch, entry);
        if (!broken.empty()) return broken;
    }
    for (const IncidentId& id : after.incident_order) {
        std::string broken = owes(after, id, batch.at);
        if (!broken.empty()) return broken;
    }
    return "";
}

}  // namespace candor::sim
