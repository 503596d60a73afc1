// TableBuilder: rows of texts become an AttributeTable.
//
// Decides by itself what a column is: numbers or times when every value that is given is one and
// there are more of them than kScalarsMin, labels otherwise. Refuses what is beyond its bounds; the
// table so far stays good. Thread rule: owned by one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "impact/attribute_table.h"
#include "impact/names.h"

namespace candor::impact {

inline constexpr std::size_t kColumnsMax = 64;
// Sums of kCountMax over so many rows stay exact as doubles.
inline constexpr std::size_t kRowsMax = std::size_t{1} << 22;
// Rows times columns: about 6 bytes each while building.
inline constexpr std::size_t kCellsMax = std::size_t{1} << 25;
inline constexpr std::size_t kTextBytesMax = 1024;                        // one name or value
inline constexpr std::size_t kColumnTextBytesMax = std::size_t{1} << 26;  // all values of a column
// Numbers of at most so many different values are labels: floors, error codes, bit rates.
inline constexpr std::size_t kScalarsMin = 64;

class TableBuilder final {
   public:
    enum class Rows : std::uint8_t { kCustomers, kCounted };

    // Names are unique and not empty. kTooLarge beyond kColumnsMax.
    static Result<TableBuilder> create(std::vector<std::string> columns, Rows rows);

    // One text a column; the counts only of a counted table, each at most kCountMax, affected not
    // more than total. kInvalid and kTooLarge say which bound; the row is then not added.
    Result<void> add(std::span<const std::string_view> values, const Counts& counts = {});
    std::size_t rows() const { return rows_; }

    // The table of all rows. A column with more than kLabelsMax different labels is left out.
    AttributeTable build() &&;
    // Names of the columns that build() leaves out.
    std::vector<std::string> left_out() const;

   private:
    struct Draft {
        std::string name;
        Names texts;
        std::size_t text_bytes = 0;  // of all different texts
        std::vector<Number> codes;
    };
    explicit TableBuilder(Rows rows) : kind_(rows) {}
    static void place(AttributeTable& table, std::size_t column,
                      const std::vector<std::uint16_t>& codes);

    Rows kind_;
    std::size_t rows_ = 0;
    std::vector<Draft> drafts_;
    std::vector<Counts> counts_;
};

}  // namespace candor::impact
