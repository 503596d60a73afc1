#include "web/outcome_call.h"

#include "page/json_writer.h"
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
    const auto number = [](auto n) { return static_cast<std::int64_t>(n); };
    page::JsonWriter w;
    w.begin_object().member("accepted", number(taken->accepted));
    w.member("rejected", number(taken->rejected)).key("errors").begin_array();
    for (const OutcomeProblem& one : taken->problems) {
        w.begin_object().member("line", number(one.line)).member("error", one.problem).end_object();
    }
    w.end_array().member("watermark", taken->watermark.ms).end_object();
    answer.body = w.take() + "\n";
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
