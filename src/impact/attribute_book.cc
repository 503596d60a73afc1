#include "impact/attribute_book.h"

#include <algorithm>

namespace candor::impact {
namespace {

void put(std::vector<std::uint16_t>& column, Number customer, Number value) {
    // Grows in steps of its own size, as push_back would, for numbers that come out of order.
    if (customer >= column.size()) {
        column.resize(std::max<std::size_t>(std::size_t{customer} + 1, column.size() * 3 / 2));
    }
    column[customer] = static_cast<std::uint16_t>(value + 1);
}

}  // namespace

AttributeBook::AttributeBook(std::uint64_t seed)
    : seed_(seed), names_(seed, kAttributesPerStreamMax) {}

std::optional<Number> AttributeBook::attribute(std::string_view name, std::size_t position) {
    if (position < at_position_.size()) {
        const Number guess = at_position_[position];
        if (guess < names_.size() && names_.name(guess) == name) return guess;
    }
    const std::optional<Number> number = names_.add(name);
    if (!number) return std::nullopt;
    if (*number == columns_.size()) {
        columns_.push_back({.names = Names(seed_, kValuesPerAttributeMax),
                            .any = {},
                            .failing = {},
                            .newest_text = {},
                            .newest = kOtherValue});
    }
    if (position < at_position_.size()) at_position_[position] = *number;
    return number;
}

Number AttributeBook::value(Number attribute, std::string_view text) {
    Attribute& of = columns_[attribute];
    if (text == of.newest_text) return of.newest;
    const std::optional<Number> number = of.names.add(text);
    if (!number) return kOtherValue;
    of.newest_text = of.names.name(*number);
    of.newest = *number + 1;
    return of.newest;
}

void AttributeBook::note(Number customer, Number attribute, Number value, bool ok) {
    Attribute& of = columns_[attribute];
    put(of.any, customer, value);
    if (!ok) put(of.failing, customer, value);
}

std::optional<Number> AttributeBook::last(Number customer, Number attribute, bool failing) const {
    const Attribute& of = columns_[attribute];
    const Column& column = failing ? of.failing : of.any;
    if (customer >= column.size() || column[customer] == 0) return std::nullopt;
    return Number{column[customer]} - 1;
}

std::string_view AttributeBook::value_text(Number attribute, Number value) const {
    return value == kOtherValue ? std::string_view("other")
                                : columns_[attribute].names.name(value - 1);
}

}  // namespace candor::impact
