#include "app/json_schema.h"

#include <boost/json.hpp>

#include "app/config_schema.h"

namespace candor::app {

namespace {

namespace json = boost::json;

constexpr std::string_view kDurationPattern = "^[0-9]{1,10}(ms|s|m|h|d)$";
constexpr std::string_view kConfirmationPattern = "^([1-9]|1[0-9]|20)/([1-9]|1[0-9]|20)$";
constexpr std::string_view kExpansionPattern = R"(\$\{)";

json::string text(std::string_view value) {
    return json::string(value.data(), value.size());
}

json::object pattern(std::string_view regex) {
    return {{"type", "string"}, {"pattern", text(regex)}};
}

// A scalar is what its field says, or a text to be expanded.
json::object or_expansion(json::object schema) {
    return {{"anyOf", json::array{std::move(schema), pattern(kExpansionPattern)}}};
}

json::object of_section(const Section& section);

json::object text_schema(const Field& field) {
    json::object schema{{"type", "string"}};
    if (field.any_scalar) schema["type"] = json::array{"string", "number", "boolean", "null"};
    if (field.type == FieldType::kText) schema["maxLength"] = field.max;
    if (field.pattern.empty()) return schema;
    schema["pattern"] = text(field.pattern);
    return or_expansion(std::move(schema));
}

json::object choice_schema(const Field& field) {
    json::array names;
    for (const Choice& choice : field.choices) names.push_back(text(choice.name));
    return or_expansion({{"enum", std::move(names)}});
}

json::object list_schema(const Field& field, json::object items) {
    return {{"type", "array"},
            {"items", std::move(items)},
            {"minItems", field.min},
            {"maxItems", field.max}};
}

json::object duration_schema(const Field& field) {
    json::object schema = or_expansion(pattern(kDurationPattern));
    if (field.section != nullptr) schema["anyOf"].as_array().push_back(of_section(*field.section));
    return schema;
}

json::object of_type(const Field& field) {
    switch (field.type) {
        case FieldType::kText: return text_schema(field);
        case FieldType::kInteger:
            return or_expansion(
                {{"type", "integer"}, {"minimum", field.min}, {"maximum", field.max}});
        case FieldType::kDuration: return duration_schema(field);
        case FieldType::kConfirmation: return or_expansion(pattern(kConfirmationPattern));
        case FieldType::kChoice: return choice_schema(field);
        case FieldType::kTextList: return list_schema(field, text_schema(field));
        case FieldType::kTextMap:
            return {{"type", "object"},
                    {"maxProperties", field.max},
                    {"additionalProperties",
                     json::object{{"type", json::array{"string", "number", "boolean"}}}}};
        case FieldType::kSection: return of_section(*field.section);
        case FieldType::kSectionList: return list_schema(field, of_section(*field.section));
        case FieldType::kLater: break;
    }
    return {};
}

json::object of_section(const Section& section) {
    json::object properties;
    json::array required;
    for (const Field& field : section.fields) {
        if (field.type == FieldType::kLater) continue;
        json::object schema = of_type(field);
        schema["description"] = text(field.doc);
        if (!field.fallback.empty()) {
            schema["default"] = text(field.fallback);
            if (field.type == FieldType::kInteger) {
                schema["default"] = parse_integer(field.fallback).value_or(0);
            }
        }
        properties[field.name] = std::move(schema);
        if (field.required) required.push_back(text(field.name));
    }
    json::object out{{"type", "object"}, {"additionalProperties", false}};
    if (!required.empty()) out["required"] = std::move(required);
    out["properties"] = std::move(properties);
    return out;
}

// Recursion follows the tables, which are finite.
void print(const json::value& value, std::size_t indent, std::string& out) {
    const std::string inner(indent + 2, ' ');
    const auto close = [&out, indent](char bracket) {
        out += '\n' + std::string(indent, ' ') + bracket;
    };
    if (const json::object* object = value.if_object(); object != nullptr && !object->empty()) {
        out += '{';
        bool first = true;
        for (const auto& [key, item] : *object) {
            out += (first ? "\n" : ",\n") + inner + json::serialize(key) + ": ";
            print(item, indent + 2, out);
            first = false;
        }
        return close('}');
    }
    if (const json::array* array = value.if_array(); array != nullptr && !array->empty()) {
        out += '[';
        bool first = true;
        for (const json::value& item : *array) {
            out += (first ? "\n" : ",\n") + inner;
            print(item, indent + 2, out);
            first = false;
        }
        return close(']');
    }
    out += json::serialize(value);
}

}  // namespace

std::string configuration_json_schema() {
    json::object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                        {"title", "candor.yaml"}};
    for (auto& [key, value] : of_section(configuration_section())) schema[key] = value;
    std::string out;
    print(schema, 0, out);
    return out + '\n';
}

}  // namespace candor::app
