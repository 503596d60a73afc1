#include "store/tail_check.h"

#include "store/journal_rules.h"

namespace candor::store {

Result<void> TailCheck::see(Position position, Timestamp at, std::string_view bytes,
                            std::string_view chain) {
    if (torn_) return std::unexpected(*torn_);  // something follows, so it was no torn write
    if (position != good_.position + 1) {
        return std::unexpected(position_damage(good_.position + 1, position));
    }
    const Digest expected = chain_after(good_.chain, position, at, bytes);
    if (chain != as_bytes(expected)) {
        torn_ = chain_damage(position, expected, chain);
        return {};
    }
    good_ = {position, expected, at};
    return {};
}

}  // namespace candor::store
