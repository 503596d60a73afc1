#include "core/words.h"

#include <algorithm>

namespace candor::core {
namespace {

std::string at_utc(Timestamp t) {
    return format_clock(t) + " UTC";
}

std::string predicate_of(const Subject& s) {
    if (s.cause == StatusCause::kDeclared) return "is having trouble";
    if (s.cause == StatusCause::kSilent) {
        const bool ours = s.evidence.kind == FailureKind::kCouldNotRun;
        return std::string(ours ? "cannot be checked by us" : "has stopped reporting") +
               "; we cannot tell whether it works";
    }
    return public_predicate(s.evidence);
}

// The verb phrase of a title; singular or plural.
std::string state_words(ComponentStatus status, StatusCause cause, FailureKind kind, bool plural) {
    const std::string be = plural ? "are" : "is";
    if (cause == StatusCause::kSilent) {
        if (kind == FailureKind::kCouldNotRun) return "cannot be checked";
        return plural ? "have stopped reporting" : "has stopped reporting";
    }
    switch (status) {
        case ComponentStatus::kMajorOutage: return be + " down";
        case ComponentStatus::kPartialOutage: return be + " partly down";
        case ComponentStatus::kDegradedPerformance:
            if (kind == FailureKind::kTooSlow) return be + " slow";
            if (kind == FailureKind::kCertExpiring && !plural)
                return "needs a new certificate soon";
            return be + " impaired";
        case ComponentStatus::kOperational:
        case ComponentStatus::kUnderMaintenance:
        case ComponentStatus::kUnknown: break;
    }
    return be + " affected";
}

std::string subject_sentence(const Subject& s) {
    return "Since " + at_utc(s.since) + ", " + s.name + " " + predicate_of(s) + ".";
}

std::string subject_sentences(const std::vector<Subject>& subjects) {
    std::string out;
    for (std::size_t i = 0; i < subjects.size() && i < kSubjectsSpelled; ++i) {
        if (!out.empty()) out += ' ';
        out += subject_sentence(subjects[i]);
    }
    if (subjects.size() > kSubjectsSpelled) {
        const std::size_t more = subjects.size() - kSubjectsSpelled;
        out += " " + std::to_string(more) +
               (more == 1 ? " more service is" : " more services are") + " affected as well.";
    }
    return out;
}

std::string others_sentence(std::size_t others) {
    if (others == 0) return "";
    return others == 1 ? " The other service works." : " Everything else works.";
}

std::vector<std::string> names_of(const std::vector<Subject>& subjects) {
    std::vector<std::string> names;
    for (const Subject& s : subjects) names.push_back(s.name);
    return names;
}

}  // namespace

std::string list_names(const std::vector<std::string>& names) {
    if (names.empty()) return "The service";
    if (names.size() == 1) return names[0];
    if (names.size() == 2) return names[0] + " and " + names[1];
    if (names.size() == 3) return names[0] + ", " + names[1] + " and " + names[2];
    return names[0] + ", " + names[1] + " and " + std::to_string(names.size() - 2) + " more";
}

std::string title_of(const std::vector<Subject>& subjects) {
    if (subjects.empty()) return "Something is wrong";
    const Subject& first = subjects.front();
    const bool alike = std::ranges::all_of(subjects, [&](const Subject& s) {
        return s.status == first.status && s.cause == first.cause;
    });
    const bool plural = subjects.size() > 1;
    const ComponentStatus status = alike ? first.status : ComponentStatus::kUnknown;
    const StatusCause cause = alike ? first.cause : StatusCause::kSignals;
    return list_names(names_of(subjects)) + " " +
           state_words(status, cause, first.evidence.kind, plural);
}

std::string opening_text(const std::vector<Subject>& subjects, std::size_t others,
                         Timestamp next_update) {
    const bool counted = std::ranges::all_of(
        subjects, [](const Subject& s) { return s.evidence.kind == FailureKind::kOutcomesFailed; });
    return subject_sentences(subjects) + others_sentence(others) +
           " Our checks noticed this by themselves" +
           (counted ? "." : "; we do not know yet how many customers are affected.") +
           " A person will say more by " + at_utc(next_update) + ".";
}

std::string reopened_text(const std::vector<Subject>& subjects) {
    return "The trouble has returned. " + subject_sentences(subjects);
}

std::string worse_text(const std::vector<Subject>& subjects) {
    return "It has become worse. " + subject_sentences(subjects);
}

std::string joined_text(const std::vector<Subject>& subjects) {
    return "More is affected. " + subject_sentences(subjects);
}

std::string recovery_text(const std::vector<std::string>& names, Timestamp since,
                          Timestamp closes) {
    return "Since " + at_utc(since) + ", all checks of " + list_names(names) +
           " pass again. We keep watching and will close this at " + at_utc(closes) +
           " if it stays so.";
}

std::string resolved_text(const std::vector<std::string>& names, Timestamp since, Duration lasted,
                          bool explained) {
    std::string out = list_names(names) + (names.size() > 1 ? " have" : " has") + " worked since " +
                      at_utc(since) + ". The trouble lasted " + format_duration_words(lasted) + ".";
    if (!explained) out += " We owe you the reason; a person will write it here.";
    return out;
}

std::string monitoring_changed_text(const std::vector<std::string>& names) {
    return "We changed what we measure of " + list_names(names) +
           " while it was failing. Until a person confirms that change, we do not call it working.";
}

std::string last_machine_post_text() {
    return " This is the last automatic update until a person has written here; the state above "
           "stays "
           "live.";
}

}  // namespace candor::core
