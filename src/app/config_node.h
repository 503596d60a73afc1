// The configuration file as a tree of maps, sequences and scalars that know where they stand.
//
// Knows YAML, not Candor's fields (config_schema.h). Anchors, aliases, tags, merge keys and several
// documents are refused, so a small file cannot unfold into a large one and what is written is what
// is meant. Duplicate keys are problems. Thread rule: plain values after parse_yaml() returns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_problem.h"

namespace candor::app {

inline constexpr std::size_t kConfigBytesMax = std::size_t{4} * 1024 * 1024;
inline constexpr std::size_t kConfigDepthMax = 32;

struct NodeEntry;

struct Node {
    enum class Kind { kScalar, kMap, kSequence };

    Kind kind = Kind::kScalar;
    Mark mark;
    bool plain = false;  // a scalar written without quotes
    std::string text;    // of a scalar, before ${…} is expanded
    std::vector<NodeEntry> entries;
    std::vector<Node> items;

    // The value under `key`, or null.
    const Node* find(std::string_view key) const;
    // Where to point when complaining about `key`: its value, else this node.
    Mark mark_of(std::string_view key) const;
    // A plain scalar that is empty, ~ or null.
    bool is_null() const;
};

struct NodeEntry {
    std::string key;
    Mark mark;
    Node value;
};

// "a text", "a map" or "a list": what stands there, for messages.
std::string_view kind_name(const Node& node);

// Parses one YAML 1.2 document; an empty one is an empty map. Nothing is returned when the reading
// stopped at a problem: what was read before it is a fragment that would mislead. Duplicate keys
// are problems too, but the tree is whole, with the first of them.
std::optional<Node> parse_yaml(std::string_view text, ConfigProblems& problems);

// Strict UTF-8 (RFC 3629) without NUL.
bool is_clean_utf8(std::string_view text);

}  // namespace candor::app
