// POST /v1/outcomes: a body on its way to be counted, and what became of its lines as an answer
// (docs/outcomes.md).
//
// Pure but for the submitting; knows nothing of the counting or the queue behind it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ports/outcome_intake.h"
#include "web/response.h"

namespace candor::web {

// Of a Content-Encoding header, which may be empty. nullopt: none that we read.
std::optional<BodyEncoding> encoding_of(std::string_view header);

// 202 when any line was accepted or there was none, 422 when all were rejected; both list problems.
// Anything else is problem+json.
Answer outcomes_answer(const Result<OutcomesTaken>& taken);

// `intake` may be null: nothing is counted here. `later` runs exactly once, on any thread.
void count_outcomes(OutcomeIntake* intake, BodyEncoding encoding, std::string body,
                    std::function<void(Answer)> later);

}  // namespace candor::web
