// Rule 4 checked on every batch from its entries: who owes words, since when, and who was called.
//
// Keeps its own small books instead of asking core's clocks. Every answer is a complaint, empty
// when all is well. One thread.
#pragma once

#include <map>
#include <string>

#include "core/state.h"
#include "model/batch.h"

namespace candor::sim {

class ClocksOracle {
   public:
    // What the configuration promises; the same for every impact.
    explicit ClocksOracle(Duration explain_within) : explain_within_(explain_within) {}

    // `after` is the state with the batch applied.
    std::string check(const core::State& after, const Batch& batch);
    const std::map<std::string, int>& seen() const { return seen_; }

   private:
    struct Book {
        Timestamp due;             // of the first human word
        bool human = false;        // a person has written
        Timestamp overdue_since;   // zero: not overdue
        int holding = 0;           // notes since somebody was called
        bool excused = false;      // retracted, merged, or a drill: nothing is owed once it is over
        bool settled_now = false;  // a person wrote, or an explained one closed, in this batch
    };

    std::string see(const Batch& batch, const Entry& entry);
    std::string see_overdue(const entry::OverdueSet& e);
    std::string owes(const core::State& after, const IncidentId& id, Timestamp at) const;

    Duration explain_within_;
    std::map<IncidentId, Book> books_;
    std::map<std::string, int> seen_;
};

}  // namespace candor::sim
