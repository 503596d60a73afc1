// From the journal's entries about subscribers to the notifier's list of them.
//
// The mails that asked to confirm hold the address too: once they were answered they are forgotten.
// The journal says who, behind commitments; the list holds the addresses. Folding a batch again
// changes nothing. One thread.
#pragma once

#include <functional>
#include <string>

#include "model/batch.h"
#include "ports/deliveries.h"
#include "ports/journal.h"

namespace candor::app {

bool speaks_of_subscribers(const Batch& batch);

// An address that is erased by now was replaced or removed by a later batch, which is yet to come.
// When the list is full the newcomer is told to `log` and left out.
Result<void> fold_subscribers(const Batch& batch, JournalReader& texts, Deliveries& into,
                              const std::function<void(const std::string&)>& log);

// The batches in (after, until].
Result<void> fold_subscribers_between(Position after, Position until, JournalReader& journal,
                                      Deliveries& into,
                                      const std::function<void(const std::string&)>& log);

}  // namespace candor::app
