// docs/configuration.md names every field the program knows, with its bounds and its default.
//
// What follows the marker in that file is written by this test (CANDOR_UPDATE_GOLDEN=1) and
// compared otherwise, so that the document cannot drift from the tables that bind the file.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/config_schema.h"
#include "app/config_value.h"
#include "base/time.h"

namespace candor::app {
namespace {

constexpr const char* kDocument = "docs/configuration.md";
constexpr std::string_view kMarker = "<!-- The rest is generated: see tests/config. -->\n";

std::string slurp(const char* path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

std::string code(std::string_view text) {
    return "`" + std::string(text) + "`";
}

std::string choices_of(const Field& field) {
    std::string out;
    for (const Choice& choice : field.choices) {
        if (!out.empty()) out += ", ";
        out += code(choice.name);
    }
    return out;
}

std::string range(const std::string& min, const std::string& max) {
    return ", " + min + " to " + max;
}

std::string type_of(const Field& field) {
    const std::string max = std::to_string(field.max);
    switch (field.type) {
        case FieldType::kText: return "text, at most " + max + " bytes";
        case FieldType::kInteger: return "number" + range(std::to_string(field.min), max);
        case FieldType::kDuration:
            return "duration" + range(format_duration({field.min}), format_duration({field.max}));
        case FieldType::kConfirmation:
            return "k/n, n at most " + std::to_string(kConfirmationWindowMax);
        case FieldType::kChoice: return "one of " + choices_of(field);
        case FieldType::kTextList: return "list of texts, at most " + max;
        case FieldType::kTextMap: return "names with texts, at most " + max;
        case FieldType::kSection: return "section";
        case FieldType::kSectionList: return "list, at most " + max;
        case FieldType::kLater: return "";
    }
    return "";
}

std::string row(const Field& field) {
    std::string fallback = field.required ? "required" : "";
    if (!field.fallback.empty()) fallback = code(field.fallback);
    std::string meaning(field.doc);
    if (!field.example.empty()) meaning += " Example: " + code(field.example);
    return "| " + code(field.name) + " | " + type_of(field) + " | " + fallback + " | " + meaning +
           " |\n";
}

void describe(const Section& section, const std::string& path, std::string& out) {
    out += "\n## " + (path.empty() ? "The file" : code(path)) + "\n\n";
    out += "| field | type | default | meaning |\n|---|---|---|---|\n";
    for (const Field& field : section.fields) {
        if (field.type != FieldType::kLater) out += row(field);
    }
    for (const Field& field : section.fields) {
        if (field.section == nullptr) continue;
        const bool is_list = field.type == FieldType::kSectionList;
        const std::string inner = path.empty() ? "" : path + ".";
        describe(*field.section, inner + std::string(field.name) + (is_list ? "[]" : ""), out);
    }
}

TEST(ConfigurationDocument, says_what_the_program_knows) {
    std::string text = slurp(kDocument);
    const std::size_t at = text.find(kMarker);
    ASSERT_NE(at, std::string::npos) << kDocument << " has lost its marker: " << kMarker;
    std::string expected = text.substr(0, at + kMarker.size());
    describe(configuration_section(), "", expected);
    if (std::getenv("CANDOR_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(kDocument) << expected;
        text = expected;
    }
    EXPECT_TRUE(text == expected)
        << kDocument << " is behind the program; CANDOR_UPDATE_GOLDEN=1 writes it anew";
}

// The control: a field more or less is a different text.
TEST(ConfigurationDocument, a_missing_field_would_be_noticed) {
    std::string whole;
    describe(configuration_section(), "", whole);
    const Section& page = *configuration_section().fields.front().section;
    std::string part;
    describe({page.title, page.fields.subspan(1)}, "page", part);
    std::string page_as_it_is;
    describe(page, "page", page_as_it_is);
    EXPECT_NE(whole.find(page_as_it_is), std::string::npos);
    EXPECT_EQ(whole.find(part), std::string::npos);
}

}  // namespace
}  // namespace candor::app
