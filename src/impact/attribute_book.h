// The attributes of one stream: their names, their values, and which value each customer had last.
//
// Bounded: further attributes are left out, further values of an attribute count as `other`. Values
// are numbered from 1 as they appear; 0 is `other`. Pure; one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "impact/names.h"

namespace candor::impact {

inline constexpr std::size_t kAttributesPerStreamMax = 16;
inline constexpr std::size_t kValuesPerAttributeMax = 1'000;
inline constexpr Number kOtherValue = 0;

class AttributeBook final {
   public:
    explicit AttributeBook(std::uint64_t seed);

    // The number of an attribute, new or known. `position`: where it stood among those of its
    // outcome, which is where it stands in the next one. nullopt when the stream has too many.
    std::optional<Number> attribute(std::string_view name, std::size_t position);
    // The number of a value, kOtherValue when the attribute has too many.
    Number value(Number attribute, std::string_view text);

    // `customer` had this value just now.
    void note(Number customer, Number attribute, Number value, bool ok);
    // What a customer had last; of failures alone when `failing`. nullopt: none was seen.
    std::optional<Number> last(Number customer, Number attribute, bool failing) const;

    std::size_t attributes() const { return names_.size(); }
    std::string_view attribute_name(Number attribute) const { return names_.name(attribute); }
    // "other" for kOtherValue.
    std::string_view value_text(Number attribute, Number value) const;
    // Numbers of values are below this; at least 1.
    std::size_t values(Number attribute) const { return columns_[attribute].names.size() + 1; }

   private:
    // By customer: number of the value plus 1, or 0 for none.
    using Column = std::vector<std::uint16_t>;
    static_assert(kValuesPerAttributeMax + 1 < 0xffff);

    struct Attribute {
        Names names;
        Column any;
        Column failing;
        std::string_view newest_text;  // in `names`; streams of outcomes repeat themselves
        Number newest = kOtherValue;
    };

    std::uint64_t seed_;
    Names names_;
    std::vector<Attribute> columns_;
    std::array<Number, kAttributesPerStreamMax> at_position_{};
};

}  // namespace candor::impact
