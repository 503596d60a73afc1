// A tally for each customer that was seen, while a minute is being counted.
//
// Made for one addition per outcome: customers stand in pages by their number, a page is made when
// its first customer is seen, so that both a million customers at once and a late handful cost
// little. Not the stored form (impact/minute_record.h). Pure; one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "impact/names.h"
#include "impact/tally.h"

namespace candor::impact {

class CustomerTallies final {
   public:
    void count(Number customer, bool ok);
    bool empty() const { return seen_ == 0; }
    // Customers that were seen.
    std::size_t seen() const { return seen_; }
    // Memory: pages of 2 KiB.
    std::size_t pages() const { return pages_made_; }
    void clear();

    // Calls visit(customer, tally) for each that was seen, ascending.
    template <class Visit>
    void for_each(Visit&& visit) const {
        for (std::size_t p = 0; p < pages_.size(); ++p) {
            if (pages_[p] == nullptr) continue;
            for (std::size_t i = 0; i < kPageCustomers; ++i) {
                const Cell& cell = (*pages_[p])[i];
                if (cell.attempts == 0) continue;
                visit(static_cast<Number>(p * kPageCustomers + i),
                      Tally{cell.attempts, cell.failures});
            }
        }
    }

   private:
    // Half as wide as a Tally: it counts at most until the next flush, a second later. At the
    // largest number it stays: that is four billion outcomes of one customer in a second.
    struct Cell {
        std::uint32_t attempts = 0;
        std::uint32_t failures = 0;
    };
    static constexpr std::size_t kPageCustomers = 256;
    using Page = std::array<Cell, kPageCustomers>;

    std::vector<std::unique_ptr<Page>> pages_;
    std::size_t seen_ = 0;
    std::size_t pages_made_ = 0;
};

inline void CustomerTallies::count(Number customer, bool ok) {
    const std::size_t page = customer / kPageCustomers;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (pages_[page] == nullptr) {
        pages_[page] = std::make_unique<Page>();
        ++pages_made_;
    }
    Cell& cell = (*pages_[page])[customer % kPageCustomers];
    if (cell.attempts == 0) ++seen_;
    if (cell.attempts == std::numeric_limits<std::uint32_t>::max()) return;
    ++cell.attempts;
    cell.failures += ok ? 0 : 1;
}

inline void CustomerTallies::clear() {
    pages_.clear();
    seen_ = 0;
    pages_made_ = 0;
}

}  // namespace candor::impact
