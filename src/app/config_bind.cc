#include "app/config_bind.h"

#include <algorithm>

#include "app/config_judge.h"
#include "app/config_schema.h"
#include "app/nearest_name.h"

namespace candor::app {

namespace {

class Binder {
   public:
    Binder(const ExpandSources& sources, ConfigProblems& problems)
        : sources_(sources), problems_(problems) {}

    // Recursion follows the tables, which are finite, not the input.
    void section(const Section& section, const Node& node, void* target) {
        if (section.locate != nullptr) section.locate(target, node);
        for (const NodeEntry& entry : node.entries) one(section, entry, target);
        for (const Field& field : section.fields) {
            if (field.required && node.find(field.name) == nullptr) missing(section, field, node);
        }
    }

   private:
    void one(const Section& section, const NodeEntry& entry, void* target) {
        const auto field =
            std::ranges::find(section.fields, std::string_view(entry.key), &Field::name);
        if (field == section.fields.end()) return unknown(section, entry);
        if (field->type == FieldType::kLater) {
            problems_.add(entry.mark, quoted(entry.key) + " is not available in this version",
                          "remove it for now");
            return;
        }
        const bool null_is_text = field->any_scalar && !entry.value.text.empty();
        if (entry.value.is_null() && !null_is_text) {
            problems_.add(entry.mark, quoted(entry.key) + " has no value",
                          "write one, or remove the line");
            return;
        }
        bind(*field, entry, target);
    }

    void unknown(const Section& section, const NodeEntry& entry) {
        std::vector<std::string_view> known;
        for (const Field& field : section.fields) {
            if (field.type != FieldType::kLater) known.push_back(field.name);
        }
        const auto near = nearest_name(entry.key, known);
        problems_.add(entry.mark,
                      "unknown field " + quoted(entry.key) + " in " + std::string(section.title),
                      near ? "did you mean " + quoted(*near) + "?" : "known are: " + joined(known));
    }

    void missing(const Section& section, const Field& field, const Node& node) {
        std::string hint = std::string(field.doc);
        if (!field.example.empty()) {
            hint = "add it, like " + std::string(field.name) + ": " + std::string(field.example);
        }
        problems_.add(node.mark, std::string(section.title) + " needs " + quoted(field.name),
                      std::move(hint));
    }

    void bind(const Field& field, const NodeEntry& entry, void* target) {
        if (field.type == FieldType::kDuration && field.section != nullptr &&
            entry.value.kind == Node::Kind::kMap) {
            return section(*field.section, entry.value, field.enter(target));
        }
        switch (field.type) {
            case FieldType::kText:
            case FieldType::kInteger:
            case FieldType::kDuration:
            case FieldType::kConfirmation:
            case FieldType::kChoice: return bind_scalar(field, entry, target);
            case FieldType::kTextList: return bind_text_list(field, entry, target);
            case FieldType::kTextMap: return bind_text_map(field, entry, target);
            case FieldType::kSection:
                if (!is_kind(field, entry.value, Node::Kind::kMap)) return;
                return section(*field.section, entry.value, field.enter(target));
            case FieldType::kSectionList: return bind_section_list(field, entry, target);
            case FieldType::kLater: return;
        }
    }

    void bind_section_list(const Field& field, const NodeEntry& entry, void* target) {
        if (!is_kind(field, entry.value, Node::Kind::kSequence)) return;
        if (!length_fits(field, entry.value.items.size(), entry.value.mark)) return;
        for (const Node& item : entry.value.items) {
            if (item.kind != Node::Kind::kMap) {
                problems_.add(item.mark,
                              "each of " + quoted(field.name) + " must be a map, not " +
                                  std::string(kind_name(item)),
                              "write it like - { id: …, … }");
                continue;
            }
            section(*field.section, item, field.enter(target));
        }
    }

    void bind_scalar(const Field& field, const NodeEntry& entry, void* target) {
        if (!is_kind(field, entry.value, Node::Kind::kScalar)) return;
        const auto text = expanded(entry.value);
        if (!text) return;
        auto value = judge_scalar(field, *text, has_expansion(entry.value.text));
        if (!value) {
            problems_.add(entry.value.mark, std::move(value).error());
            return;
        }
        field.store(target, *std::move(value));
    }

    void bind_text_list(const Field& field, const NodeEntry& entry, void* target) {
        if (!is_kind(field, entry.value, Node::Kind::kSequence)) return;
        if (!length_fits(field, entry.value.items.size(), entry.value.mark)) return;
        Value value;
        for (const Node& item : entry.value.items) {
            if (item.kind != Node::Kind::kScalar) {
                problems_.add(item.mark, "each of " + quoted(field.name) + " must be a text, not " +
                                             std::string(kind_name(item)));
                continue;
            }
            auto text = expanded(item);
            if (!text) continue;
            auto judged = judge_text(field, *text, has_expansion(item.text));
            if (!judged) {
                problems_.add(item.mark, std::move(judged).error());
                continue;
            }
            value.list.push_back(std::move(judged->text));
        }
        field.store(target, std::move(value));
    }

    void bind_text_map(const Field& field, const NodeEntry& entry, void* target) {
        if (!is_kind(field, entry.value, Node::Kind::kMap)) return;
        if (!length_fits(field, entry.value.entries.size(), entry.value.mark)) return;
        Value value;
        for (const NodeEntry& item : entry.value.entries) {
            if (auto complaint = field.check(item.key)) {
                problems_.add(item.mark, quoted(item.key) + " " + complaint->message,
                              complaint->hint);
                continue;
            }
            if (item.value.kind != Node::Kind::kScalar) {
                problems_.add(item.value.mark, quoted(item.key) + " must be a text, not " +
                                                   std::string(kind_name(item.value)));
                continue;
            }
            auto text = expanded(item.value);
            if (!text) continue;
            if (auto complaint = field.value_check(*text)) {
                problems_.add(item.value.mark,
                              "the value of " + quoted(item.key) + " " + complaint->message,
                              complaint->hint);
                continue;
            }
            value.map.emplace_back(item.key, *std::move(text));
        }
        field.store(target, std::move(value));
    }

    bool is_kind(const Field& field, const Node& node, Node::Kind kind) {
        if (node.kind == kind) return true;
        Node wanted;
        wanted.kind = kind;
        std::string hint = "write a single value";
        if (kind == Node::Kind::kMap) hint = "write its fields indented below it, or in { }";
        if (kind == Node::Kind::kSequence) hint = "write its items in [ ], or each after a dash";
        if (!field.example.empty()) {
            hint = "write it like " + std::string(field.name) + ": " + std::string(field.example);
        }
        problems_.add(node.mark,
                      quoted(field.name) + " must be " + std::string(kind_name(wanted)) + ", not " +
                          std::string(kind_name(node)),
                      std::move(hint));
        return false;
    }

    bool length_fits(const Field& field, std::size_t size, Mark mark) {
        const auto count = static_cast<std::int64_t>(size);
        if (count > field.max) {
            problems_.add(mark, quoted(field.name) + " has " + std::to_string(count) +
                                    " items; at most " + std::to_string(field.max) +
                                    " are allowed");
            return false;
        }
        if (count < field.min) {
            problems_.add(mark, quoted(field.name) + " is empty, but needs at least " +
                                    std::to_string(field.min));
            return false;
        }
        return true;
    }

    std::optional<std::string> expanded(const Node& node) {
        auto text = expand(node.text, sources_);
        if (!text) {
            problems_.add(node.mark, text.error());
            return std::nullopt;
        }
        if (!is_clean_utf8(*text)) {
            problems_.add(node.mark, "the expanded value is not UTF-8 text");
            return std::nullopt;
        }
        return *std::move(text);
    }

    const ExpandSources& sources_;
    ConfigProblems& problems_;
};

}  // namespace

ConfigDraft bind_config(const Node& root, const ExpandSources& sources, ConfigProblems& problems) {
    ConfigDraft draft;
    draft.node = &root;
    if (root.kind != Node::Kind::kMap) {
        problems.add(root.mark, "a configuration is a map, not " + std::string(kind_name(root)),
                     "begin with `page:` or `components:` at the start of a line");
        return draft;
    }
    Binder(sources, problems).section(configuration_section(), root, &draft);
    return draft;
}

}  // namespace candor::app
