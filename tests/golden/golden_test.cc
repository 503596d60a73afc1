// The checked-in journal of this release, replayed: same state, same pages, byte for byte.
//
// A change of format, of what an entry means, or of rendering is seen here before readers see it.
// On purpose: CANDOR_GOLDEN=pages writes the expected files anew; CANDOR_GOLDEN=journal also plays
// the scripts of recordings that have no journal yet. A journal that exists is never written again.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "core/apply.h"
#include "page/renderer.h"
#include "tests/golden/script.h"
#include "view/build_public_view.h"

namespace candor::golden {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = "tests/golden";

fs::path folder_of(const Recording& recording) {
    return recording.folder.empty() ? kGolden : kGolden / recording.folder;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void write(const fs::path& path, const std::string& bytes) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string_view asked() {
    const char* value = std::getenv("CANDOR_GOLDEN");
    return value == nullptr ? "" : value;
}

core::State replay(const std::vector<Batch>& batches) {
    core::State state;
    for (const Batch& batch : batches) core::apply(state, state.position + 1, batch);
    return state;
}

// Every field of every batch, in words.
std::string print_journal(const std::vector<Batch>& batches) {
    std::ostringstream out;
    for (const Batch& batch : batches) {
        out << format_rfc3339(batch.at) << " " << batch.cause.input << " by " << batch.written_by
            << ", decide " << batch.cause.decide_version << ", configuration \""
            << batch.cause.configuration << "\", key \"" << batch.cause.idempotency_key
            << "\", observations";
        for (const std::uint64_t number : batch.cause.observations) out << " " << number;
        out << "\n";
        for (const Entry& e : batch.entries) out << "  " << print_entry(e) << "\n";
    }
    return out.str();
}

// File name → bytes, of everything that the journal becomes.
std::map<std::string, std::string> results(const std::vector<Batch>& batches,
                                           const std::map<SealedText, std::string>& texts,
                                           bool every_incident = false) {
    std::map<std::string, std::string> out;
    out["entries.txt"] = print_journal(batches);
    const core::State state = replay(batches);
    out["state.sha256"] = core::state_hash(state) + "\n";
    view::ViewOptions options{state.at + minutes(1), "0.1.0", "kctbh9vrtdwd", {}, false};
    options.text_of = [&](const SealedText& sealed) -> Result<std::string> {
        const auto found = texts.find(sealed);
        if (found == texts.end()) return fail(ErrorCode::kNotFound, "erased");
        return found->second;
    };
    const auto view = view::build_public_view(state, options);
    const auto site = page::Renderer().render(view);
    const auto keep = [&](const std::string& file, const std::string& path) {
        out[file] = site->resources.find(path)->identity;
    };
    keep("home.html", "/");
    const std::size_t shown = std::min<std::size_t>(1, state.incident_order.size());
    for (std::size_t n = 0; n < (every_incident ? state.incident_order.size() : shown); ++n) {
        const std::string number = every_incident ? "-" + std::to_string(n + 1) : "";
        keep("incident" + number + ".html", "/incidents/" + state.incident_order[n].value);
    }
    keep("history.atom", "/history.atom");
    keep("history.rss", "/history.rss");
    keep("summary.json", "/api/v2/summary.json");
    keep("incidents.json", "/api/v2/incidents.json");
    keep("badge.svg", "/badge.svg");
    if (!state.maintenances.empty()) {
        keep("maintenance.ics", "/maintenance.ics");
        keep("scheduled-maintenances.json", "/api/v2/scheduled-maintenances.json");
        for (const auto& [id, window] : state.maintenances) {
            keep("maintenance-" + id.value + ".html", "/maintenance/" + id.value);
        }
    }
    out["history.html"] =
        page::render_history(view::build_history_view(state, options, state.at))->identity;
    options.historical = true;
    out["at.html"] = page::render_at(view::build_public_view(state, options))->identity;
    return out;
}

struct Stored {
    fs::path folder;
    bool every_incident = false;
    std::string bytes = read(folder / "journal.bin");
    std::map<SealedText, std::string> texts = texts_from_file(read(folder / "texts.txt"));

    explicit Stored(const Recording& recording = recordings().front())
        : folder(folder_of(recording)), every_incident(recording.every_incident) {}
};

std::string first_difference(const std::string& a, const std::string& b) {
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
    const std::size_t from = i < 60 ? 0 : i - 60;
    return "they part at byte " + std::to_string(i) + "\n  expected: …" + a.substr(from, 140) +
           "\n  now:      …" + b.substr(from, 140);
}

void update_if_asked(const Recording& recording) {
    const fs::path folder = folder_of(recording);
    if (asked() == "journal" && !fs::exists(folder / "journal.bin")) {
        const Journal played = recording.play();
        write(folder / "journal.bin", to_file(played.batches));
        write(folder / "texts.txt", texts_to_file(played.texts));
    }
    if (asked().empty()) return;
    const Stored stored(recording);
    const auto batches = from_file(stored.bytes);
    ASSERT_TRUE(batches.has_value()) << batches.error().message;
    for (const auto& [file, bytes] : results(*batches, stored.texts, stored.every_incident)) {
        write(folder / "expected" / file, bytes);
    }
}

void expect_same(const Recording& recording) {
    const Stored stored(recording);
    const auto batches = from_file(stored.bytes);
    ASSERT_TRUE(batches.has_value()) << batches.error().message;
    ASSERT_FALSE(batches->empty()) << stored.folder << " has no journal";
    for (const auto& [file, bytes] : results(*batches, stored.texts, stored.every_incident)) {
        const fs::path path = stored.folder / "expected" / file;
        const std::string expected = read(path);
        EXPECT_TRUE(expected == bytes)
            << path << " is no longer what the golden journal becomes; "
            << first_difference(expected, bytes)
            << "\nIf that is meant, say why in the commit and run from the repository's root:\n"
            << "  CANDOR_GOLDEN=pages build/release/tests/golden/golden_test\n"
            << "A changed state.sha256 also needs a new core::kApplyVersion.";
    }
}

TEST(Golden, the_journal_replays_to_the_same_state_and_pages) {
    for (const Recording& recording : recordings()) {
        update_if_asked(recording);
        expect_same(recording);
    }
}

TEST(Golden, the_journal_encodes_to_the_same_bytes) {
    for (const Recording& recording : recordings()) {
        const Stored stored(recording);
        const auto batches = from_file(stored.bytes);
        ASSERT_TRUE(batches.has_value()) << batches.error().message;
        EXPECT_TRUE(to_file(*batches) == stored.bytes)
            << stored.folder
            << ": the format of batches has changed: a new field needs a new entry with a new tag";
    }
}

// Ranges of tags: what the recordings were made of; later kinds are in none of them.
constexpr bool recorded(std::uint8_t tag) {
    return tag <= 39;
}

template <std::size_t... I>
std::size_t kinds_recorded(std::index_sequence<I...>) {
    return ((recorded(std::variant_alternative_t<I, Entry>::kTag) ? 1U : 0U) + ...);
}

TEST(Golden, the_journals_hold_every_kind_of_entry_of_their_time) {
    std::set<std::size_t> kinds;
    for (const Recording& recording : recordings()) {
        const auto batches = from_file(Stored(recording).bytes);
        ASSERT_TRUE(batches.has_value());
        for (const Batch& batch : *batches) {
            for (const Entry& e : batch.entries) kinds.insert(e.index());
        }
    }
    EXPECT_EQ(kinds.size(), kinds_recorded(std::make_index_sequence<std::variant_size_v<Entry>>()))
        << "a new kind of entry needs a script that emits it: see recordings()";
}

// The controls: no byte of the journal can change without a trace.
TEST(Golden, a_flipped_byte_is_noticed) {
    const std::string bytes = Stored().bytes;
    const std::string expected = read(kGolden / "expected" / "entries.txt");
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::string flipped = bytes;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        const auto batches = from_file(flipped);
        if (!batches) continue;
        EXPECT_NE(print_journal(*batches), expected) << "byte " << i;
    }
}

TEST(Golden, a_changed_text_is_noticed) {
    Stored stored;
    const auto batches = from_file(stored.bytes);
    ASSERT_TRUE(batches.has_value());
    const auto expected = results(*batches, stored.texts);
    ASSERT_FALSE(stored.texts.empty());
    for (auto& [sealed, text] : stored.texts) text += "!";
    EXPECT_NE(results(*batches, stored.texts).at("home.html"), expected.at("home.html"));
}

}  // namespace
}  // namespace candor::golden
