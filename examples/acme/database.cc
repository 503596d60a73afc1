#include "acme/database.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdio>
#include <exception>

#include "acme/password.h"
#include "acme/seed.h"

namespace acme {
namespace {

constexpr const char* kSchema = R"(
create table customers (id text primary key, name text not null, plan text not null,
                        region text not null, single_sign_on integer not null) strict;
create table users (id integer primary key, customer text not null references customers,
                    name text not null, email text not null unique, password text not null,
                    last_seen integer) strict;
create index users_by_customer on users (customer);
create index users_by_name on users (name collate nocase);
)";

}  // namespace

std::unique_ptr<Database> Database::open(const std::string& file) {
    try {
        auto connection =
            std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        connection->setBusyTimeout(2000);
        connection->exec("pragma journal_mode = wal; pragma synchronous = normal");
        if (!connection->tableExists("users")) {
            SQLite::Transaction all(*connection);
            connection->exec(kSchema);
            seed(*connection);
            all.commit();
        }
        return std::unique_ptr<Database>(new Database(std::move(connection)));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "acme: %s: %s\n", file.c_str(), error.what());
        return nullptr;
    }
}

Database::Database(std::unique_ptr<SQLite::Database> connection)
    : connection_(std::move(connection)) {}

Database::~Database() = default;

// The first column of the first row, "" when there is none.
template <class... Values>
std::string Database::ask(const char* sql, const Values&... values) {
    const std::lock_guard lock(mutex_);
    try {
        SQLite::Statement statement(*connection_, sql);
        int index = 0;
        (statement.bind(++index, values), ...);
        if (!statement.executeStep() || statement.getColumn(0).isNull()) return "";
        return statement.getColumn(0).getString();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "acme: %s\n", error.what());
        return "";
    }
}

bool Database::works() {
    return !ask("select count(*) from (select 1 from users limit 1)").empty();
}

std::string Database::search(const std::string& text) {
    return ask(R"(
select json_object('users', json_group_array(json_object('id', id, 'name', name, 'email', email,
                                                         'customer', customer)))
from (select * from users where name >= ?1 collate nocase and name < ?1 || char(0x10ffff)
      collate nocase order by name collate nocase limit ?2))",
               text, kSearchRowsMax);
}

std::string Database::users_of(const std::string& customer) {
    return ask(R"(
select json_object('customer', c.name, 'users', (select count(*) from users where customer = c.id))
from customers c where c.id = ?1)",
               customer);
}

std::string Database::profile(const std::string& user) {
    return ask(R"(
select json_object('id', u.id, 'name', u.name, 'email', u.email, 'customer', c.name,
                   'region', c.region, 'plan', c.plan)
from users u join customers c on c.id = u.customer where u.id = cast(?1 as integer))",
               user);
}

std::string Database::sign_in(const std::string& body_json) {
    const std::string email = ask("select iif(json_valid(?1), ?1 ->> '$.email', null)", body_json);
    const std::string given =
        ask("select iif(json_valid(?1), ?1 ->> '$.password', null)", body_json);
    const std::string stored = ask("select password from users where email = ?1", email);
    if (stored.empty() || !password_matches(stored, given)) return "";
    ask("update users set last_seen = unixepoch() where email = ?1 returning id", email);
    return ask("select json_object('user', id, 'customer', customer) from users where email = ?1",
               email);
}

std::string Database::counts() {
    return ask(R"(
select json_object('users', (select count(*) from users),
                   'customers', (select count(*) from customers),
                   'never_seen', (select count(*) from users where last_seen is null)))");
}

std::string Database::purge(std::int64_t days, bool also_never_seen) {
    const std::string touched = ask(R"(
select json_object('removed', count(*), 'customers', count(distinct customer)) from users
where last_seen < unixepoch() - ?1 * 86400 or (?2 and last_seen is null))",
                                    days, also_never_seen ? 1 : 0);
    ask(R"(delete from users where last_seen < unixepoch() - ?1 * 86400
           or (?2 and last_seen is null))",
        days, also_never_seen ? 1 : 0);
    return touched;
}

}  // namespace acme
