#include "web/outcome_call.h"

#include "web/api.h"
#include "web/http_text.h"

namespace candor::web {

std::optional<BodyEncoding> encoding_of(std::string_view header) {
    if (header.empty() || equals_ignoring_case(header, "identity")) return BodyEncoding::kIdentity;
    // RFC 9110 §8.4.1.3: x-gzip is gzip.
    if (equals_ignoring_case(header, "gzip") || equals_ignoring_case(header, "x-gzip")) {
        return BodyEncoding::kGzip;
    }
    return std::nullopt;
}

Answer outcomes_answer(const Result<OutcomesTaken>& taken) {
    if (!taken) return answer_error(taken.error());
    Answer answer;
    answer.status = taken->accepted > 0 || taken->rejected == 0 ? 202 : 422;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = "{\"accepted\":" + std::to_string(taken->accepted) +
                  ",\"rejected\":" + std::to_string(taken->rejected) + ",\"errors\":[";
    for (const OutcomeProblem& one : taken->problems) {
        if (answer.body.back() != '[') answer.body += ',';
        answer.body +=
            "{\"line\":" + std::to_string(one.line) + ",\"error\":" + json_quote(one.problem) + '}';
    }
    answer.body += "],\"watermark\":" + std::to_string(taken->watermark.ms) + "}\n";
    return answer;
}

void count_outcomes(OutcomeIntake* intake, BodyEncoding encoding, std::string body,
                    std::function<void(Answer)> later) {
    if (intake == nullptr) {
        later(answer_error({ErrorCode::kBusy, "this server counts no outcomes"}));
        return;
    }
    intake->submit(std::move(body), encoding,
                   [later = std::move(later)](const Result<OutcomesTaken>& taken) {
                       later(outcomes_answer(taken));
                   });
}

}  // namespace candor::web
