// journal.head: how far the journal had got, kept beside it. An older copy of journal.db put in its
// place is whole in itself; only something outside of it can tell that records are gone.
//
// A witness, not a second journal: written after each commit and never synced, so that a power cut
// may leave an older mark, which proves less, and never a newer one than what is durable. A mark
// that cannot be read proves nothing. One thread.
#pragma once

#include <optional>
#include <string>

#include "ports/journal.h"

namespace candor::store {

class HeadMark final {
   public:
    struct Mark {
        Position position = 0;
        std::string chain;  // 64 hexadecimal digits
    };

    // Makes the file (mode 0600) when there is none. A system that refuses it costs the witness,
    // not the journal.
    explicit HeadMark(const std::string& folder);
    HeadMark(const HeadMark&) = delete;
    HeadMark& operator=(const HeadMark&) = delete;
    ~HeadMark();

    // Nothing when there is no mark yet, or an unreadable one.
    std::optional<Mark> read() const;
    void write(const JournalHead& head);

   private:
    std::string path_;
    int file_;
};

}  // namespace candor::store
