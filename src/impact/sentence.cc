#include "impact/sentence.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace candor::impact {

namespace {

constexpr std::array<std::string_view, 12> kUsed = {"version", "app_version", "client", "browser",
                                                    "device",  "os",          "app",    "sdk",
                                                    "api",     "platform",    "model",  "firmware"};
constexpr std::array<std::string_view, 8> kPlaces = {"region", "country", "city",       "zone",
                                                     "cell",   "cluster", "datacenter", "shard"};
constexpr std::array<std::string_view, 4> kPlans = {"plan", "tier", "edition", "channel"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

// "created" and "created_at" happened to a customer; anything else a customer has.
std::string_view happened(std::string_view name) {
    if (name.ends_with("_at")) name.remove_suffix(3);
    return name.ends_with("ed") ? name : std::string_view();
}

std::string spaced(std::string_view name) {
    std::string out(name);
    std::ranges::replace(out, '_', ' ');
    return out;
}

std::string time_words(std::string_view name, const Term& term, const std::string& edge) {
    const std::string_view relation = term.kind == TermKind::kBelow ? " before " : " on or after ";
    const std::string_view what = happened(name);
    std::string out = what.empty() ? "have " + spaced(name) : "were " + spaced(what);
    return out.append(relation) + edge;
}

std::string number_words(std::string_view name, const Term& term, const std::string& edge) {
    if (term.kind == TermKind::kBelow) return "have " + spaced(name) + " below " + edge;
    return "have " + spaced(name) + " of " + edge + " or more";
}

std::string label_words(std::string_view name, const std::string& value) {
    if (value.empty()) return "have no " + spaced(name);
    std::string_view verb = "have ";
    if (among(kUsed, name)) verb = "use ";
    if (among(kPlaces, name)) verb = "are in ";
    if (among(kPlans, name)) verb = "are on ";
    return std::string(verb) + spaced(name) + " " + value;
}

// What stands for the whole verb in "3 % of the others do".
std::string_view echo(std::string_view words) {
    if (words.starts_with("are ")) return "are";
    if (words.starts_with("were ")) return "were";
    return "do";
}

// "a", "a and b", "a, b and c".
std::string listed(const AttributeTable& table, const Pattern& pattern) {
    std::string out;
    const auto terms = pattern.terms();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (i > 0) out += i + 1 == terms.size() ? " and " : ", ";
        out += term_words(table, terms[i]);
    }
    return out;
}

}  // namespace

std::string share_words(std::uint64_t part, std::uint64_t whole) {
    if (part == 0) return "none";
    if (part == whole) return "all";
    // In thousandths, cut and not rounded: 999 of 1,000 is never everybody.
    const std::uint64_t thousandths = part * 1000 / whole;
    if (thousandths == 0) return "under 0.1 %";
    if (thousandths == 999 && part * 10'000 / whole > 9'990) return "over 99.9 %";
    const std::uint64_t rounded = (part * 100 + whole / 2) / whole;
    if (thousandths >= 10 && rounded < 100) return std::to_string(rounded) + " %";
    return std::to_string(thousandths / 10) + "." + std::to_string(thousandths % 10) + " %";
}

std::string term_words(const AttributeTable& table, Term term) {
    const Column& column = table.columns()[term.column];
    const std::string& text = column.texts[term.code];
    switch (column.kind) {
        case ColumnKind::kLabels: return label_words(column.name, text);
        case ColumnKind::kNumbers: return number_words(column.name, term, text);
        case ColumnKind::kTimes: return time_words(column.name, term, text);
    }
    return label_words(column.name, text);
}

std::string sentence(const AttributeTable& table, const Counts& everything, const Answer& answer) {
    const std::string words = listed(table, answer.pattern);
    std::string out = share_words(answer.counts.affected, everything.affected);
    out += " of the affected " + words;
    const std::uint64_t others = everything.total - everything.affected;
    if (others == 0) return out + "; nobody else is there to compare with";
    const std::uint64_t alike = answer.counts.total - answer.counts.affected;
    out += "; " + share_words(alike, others) + " of the others ";
    switch (answer.pattern.size()) {
        case 1: return out.append(echo(words));
        case 2: return out + "match both";
        default: return out + "match all three";
    }
}

std::string sentence(const AttributeTable& table, const Explanation& explanation) {
    if (explanation.everything.affected == 0) return "nobody is affected";
    if (explanation.answers.empty()) return "the affected have no attribute in common";
    return sentence(table, explanation.everything, explanation.answers.front());
}

}  // namespace candor::impact
