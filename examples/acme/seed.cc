#include "acme/seed.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

#include "acme/password.h"

namespace acme {
namespace {

// Steele, Lea, Flood: "Fast splittable pseudorandom number generators" (SplitMix64).
class Numbers {
   public:
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    template <class Items>
    const auto& one_of(const Items& items) {
        return items[below(items.size())];
    }

   private:
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
    std::uint64_t state_ = 4980;
};

constexpr std::array kGiven = {"Ada",   "Bram", "Chloe",  "Dario", "Edith", "Farid",
                               "Grace", "Hugo", "Ines",   "Jonas", "Kaya",  "Liam",
                               "Maren", "Noor", "Otto",   "Priya", "Rosa",  "Sven",
                               "Tove",  "Uma",  "Viktor", "Wanda", "Yusuf", "Zoe"};
constexpr std::array kFamily = {"Adler",  "Brandt", "Castro", "Dubois", "Ekström",  "Fischer",
                                "Garcia", "Hansen", "Ivanov", "Jansen", "Kowalski", "Lindqvist",
                                "Moreau", "Novak",  "Okafor", "Petrov", "Rossi",    "Sato",
                                "Tanaka", "Usman",  "Vargas", "Weber",  "Young",    "Zhang"};
constexpr std::array kPlace = {"North", "River", "Harbour", "Maple", "Stone", "Bright",
                               "Cedar", "Lake",  "Summit",  "Iron",  "Amber", "Meadow"};
constexpr std::array kTrade = {"Dental", "Logistics", "Foods", "Legal",  "Motors", "Clinic",
                               "Travel", "Print",     "Audio", "Energy", "School", "Textiles"};
constexpr std::array kPlan = {"free", "team", "team", "business"};
constexpr std::array kRegion = {"us-east", "us-west", "eu-central", "ap-south"};

std::uint64_t users_at_one_customer(Numbers& numbers) {
    const std::uint64_t kind = numbers.below(1000);
    if (kind < 700) return 3 + numbers.below(7);
    if (kind < 950) return 11 + numbers.below(20);
    if (kind < 995) return 31 + numbers.below(50);
    return 81 + numbers.below(120);
}

// Spreads exactly kSingleSignOnCustomers over all of them: 7 and kCustomers share no divisor.
bool uses_single_sign_on(int customer) {
    return customer * 7 % kCustomers < kSingleSignOnCustomers;
}

// Days since the last sign-in: nearly everybody within two months, 2 in 1,000 over 400 days ago.
std::uint64_t days_since_seen(Numbers& numbers) {
    return numbers.below(1000) < 2 ? 400 + numbers.below(300) : numbers.below(60);
}

struct Inserts {
    SQLite::Statement customer;
    SQLite::Statement user;
};

void insert_user(SQLite::Statement& insert, Numbers& numbers, const std::string& customer,
                 std::int64_t id, bool never_seen) {
    const std::string given = numbers.one_of(kGiven);
    const std::string family = numbers.one_of(kFamily);
    const std::string number = std::to_string(id);
    insert.reset();
    insert.bind(1, id);
    insert.bind(2, customer);
    insert.bind(3, given + " " + family);
    insert.bind(4, "user" + number + "@" + customer + ".example");
    insert.bind(5, stored_password(number, "welcome-" + number));
    const auto days = static_cast<std::int64_t>(days_since_seen(numbers));
    if (never_seen) {
        insert.bind(6);
    } else {
        insert.bind(6, days);
    }
    insert.exec();
}

void insert_customer(SQLite::Statement& insert, Numbers& numbers, const std::string& id,
                     bool single_sign_on) {
    const std::string place = numbers.one_of(kPlace);
    const std::string trade = numbers.one_of(kTrade);
    insert.reset();
    insert.bind(1, id);
    insert.bind(2, place + " " + trade + " " + id.substr(1));
    insert.bind(3, numbers.one_of(kPlan));
    insert.bind(4, numbers.one_of(kRegion));
    insert.bind(5, single_sign_on ? 1 : 0);
    insert.exec();
}

}  // namespace

void seed(SQLite::Database& database) {
    Inserts into{{database, "insert into customers values (?, ?, ?, ?, ?)"},
                 {database, "insert into users values (?, ?, ?, ?, ?, unixepoch() - ? * 86400)"}};
    const bool terminal = isatty(STDERR_FILENO) != 0;
    Numbers numbers;
    std::int64_t user = 0;
    for (int i = 0; i < kCustomers; ++i) {
        const std::string id = "c" + std::to_string(10'000 + i).substr(1);
        insert_customer(into.customer, numbers, id, uses_single_sign_on(i));
        for (std::uint64_t left = users_at_one_customer(numbers); left > 0; --left) {
            insert_user(into.user, numbers, id, ++user, uses_single_sign_on(i));
        }
        if (terminal && i % 498 == 497) {
            std::fprintf(stderr, "\rSeeding Acme Cloud: %3d %%", (i + 1) * 100 / kCustomers);
        }
    }
    std::fprintf(stderr, "%sacme: seeded %d customers, %lld users\n", terminal ? "\r" : "",
                 kCustomers, static_cast<long long>(user));
}

}  // namespace acme
