// Fills a new database with customers and users, the same ones every time.
//
// Sizes are skewed as in life: most customers have a handful of users, a few have hundreds. 312
// customers use single sign-on: their users never sign in here, so `last_seen` stays empty, which a
// careless clean-up job takes for "inactive". Throws what SQLite throws; the caller rolls back.
#pragma once

namespace SQLite {
class Database;
}

namespace acme {

inline constexpr int kCustomers = 4980;
inline constexpr int kSingleSignOnCustomers = 312;

// Runs inside the caller's transaction; prints its progress when standard error is a terminal.
void seed(SQLite::Database& database);

}  // namespace acme
