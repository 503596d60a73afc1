// Acme's customers and users in one SQLite file: the questions that the service's areas ask.
//
// SQL makes the JSON, so there is no second model of a row. One connection behind a mutex: safe
// from any thread, one question at a time. A question that SQLite refuses answers "" and is logged.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace acme {

inline constexpr int kSearchRowsMax = 50;

class Database {
   public:
    // Creates and seeds the file when it is new. Returns nothing when it cannot be used; the reason
    // is on standard error.
    static std::unique_ptr<Database> open(const std::string& file);
    ~Database();

    bool works();
    std::string search(const std::string& text);        // users whose name or address begins so
    std::string users_of(const std::string& customer);  // "" too when there is no such customer
    std::string profile(const std::string& user);
    // The signed-in user, "" when the pair is wrong.
    std::string sign_in(const std::string& body_json);
    // Users, customers, users without any sign-in, by plan.
    std::string counts();
    // Removes users who were not seen for `days`; counts what went and how many customers it hit.
    std::string purge(std::int64_t days, bool also_never_seen);

   private:
    explicit Database(std::unique_ptr<SQLite::Database> connection);

    template <class... Values>
    std::string ask(const char* sql, const Values&... values);

    std::mutex mutex_;
    std::unique_ptr<SQLite::Database> connection_;  // protected by mutex_
};

}  // namespace acme
