// Values by path, most of which stay when one changes: a copy shares them all with its original.
//
// A shared immutable base and a few changes over it, so that the next position costs what changed
// and not the whole site. Plain value; a copy may be read on another thread. `Pointer` is a shared
// pointer; null means that there is nothing at a path.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace candor::page {

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const noexcept {
        return std::hash<std::string_view>{}(s);
    }
};

// With more changes than this it is cheaper to have a new base.
inline constexpr std::size_t kPathChangesMax = 256;

template <class Pointer>
class PathMap {
   public:
    using Map = std::unordered_map<std::string, Pointer, StringHash, std::equal_to<>>;

    PathMap() : base_(std::make_shared<const Map>()) {}
    // `base` holds no null.
    explicit PathMap(std::shared_ptr<const Map> base)
        : base_(std::move(base)), size_(base_->size()) {}

    const Pointer& find(std::string_view path) const {
        static const Pointer kNothing;
        if (const auto changed = changes_.find(path); changed != changes_.end()) {
            return changed->second;
        }
        const auto found = base_->find(path);
        return found == base_->end() ? kNothing : found->second;
    }

    void set(std::string_view path, Pointer value) {
        const Pointer& before = find(path);
        if (value == before) return;
        if (before == nullptr) ++size_;
        if (value == nullptr) --size_;
        const auto changed = changes_.find(path);
        if (changed != changes_.end()) {
            changed->second = std::move(value);
        } else {
            changes_.emplace(path, std::move(value));
        }
    }
    void erase(std::string_view path) { set(path, nullptr); }

    // In no particular order.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (const auto& [path, value] : changes_) {
            if (value != nullptr) visit(path, value);
        }
        for (const auto& [path, value] : *base_) {
            if (!changes_.contains(path)) visit(path, value);
        }
    }
    std::size_t size() const { return size_; }

    // What it holds becomes a base of its own: what it shares with others is copied once.
    void settle() {
        auto base = std::make_shared<Map>();
        base->reserve(size_);
        for_each(
            [&](const std::string& path, const Pointer& value) { base->emplace(path, value); });
        base_ = std::move(base);
        changes_.clear();
    }

    // For those who keep something of their own for each value.
    const std::shared_ptr<const Map>& base() const { return base_; }
    const Map& changes() const { return changes_; }  // null: there is nothing at this path

   private:
    std::shared_ptr<const Map> base_;
    Map changes_;
    std::size_t size_ = 0;
};

}  // namespace candor::page
