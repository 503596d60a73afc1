#include "app/doctor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/command_line.h"
#include "app/descriptor.h"
#include "store/folder_lock.h"
#include "web/listen.h"

namespace candor::app {
namespace {

using testing::HasSubstr;
using testing::Not;

// A listening socket on a port of the system's choice; Candor's own kind, or any other.
struct Occupied {
    Descriptor socket;
    std::uint16_t port = 0;
};
Occupied occupy_port() {
    Occupied out;
    const auto end = web::resolve({.host = "127.0.0.1", .port = 0});
    out.socket = Descriptor(*web::open_listener({}, *end));
    out.port = web::bound_port(out.socket.get());
    return out;
}

CheckSpec check_of(std::string id, CheckTarget target, std::string group = {}) {
    CheckSpec spec;
    spec.rule.id = CheckId{std::move(id)};
    spec.rule.kind = static_cast<CheckKind>(target.index());
    spec.target = std::move(target);
    spec.target_group = std::move(group);
    return spec;
}

// All that was found with this grade, as "about: message → remedy" lines.
std::string lines(const Findings& findings, Grade grade) {
    std::string text;
    for (const Finding& one : findings) {
        if (one.grade == grade) text += one.about + ": " + one.message + " → " + one.remedy + "\n";
    }
    return text;
}

class Doctor : public testing::Test {
   protected:
    void SetUp() override {
        folder_ = testing::TempDir() + "doctor" + std::to_string(::getpid()) +
                  testing::UnitTest::GetInstance()->current_test_info()->name();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directory(folder_);
        config_.storage.folder = folder_ + "/data";
        config_.listen = {{"127.0.0.1", 0}, {"127.0.0.1", 0}, {"127.0.0.1", 0}};
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

    std::string folder_;
    Config config_;
};

TEST_F(Doctor, every_finding_that_is_not_ok_has_a_remedy) {
    config_.checks = {check_of("sh", CommandTarget{{"./none"}}),
                      check_of("t", TcpTarget{"127.0.0.1", 1}, "127.0.0.1")};
    for (const Finding& one : examine(config_)) {
        EXPECT_EQ(one.remedy.empty(), one.grade == Grade::kOk) << one.about << one.message;
        EXPECT_FALSE(one.message.empty());
    }
}

TEST_F(Doctor, names_the_port_that_is_taken) {
    const Occupied other = occupy_port();
    config_.listen.intake.port = other.port;
    const Findings found = examine_listeners(config_);
    EXPECT_THAT(lines(found, Grade::kFail),
                HasSubstr("listen.intake: cannot listen on 127.0.0.1:" +
                          std::to_string(other.port) + ": Address already in use → stop"));
    EXPECT_EQ(found.size(), 3U);
}

TEST_F(Doctor, an_address_of_another_machine_fails) {
    config_.listen.public_pages = {"192.0.2.77", 8080};
    EXPECT_THAT(lines(examine_listeners(config_), Grade::kFail),
                HasSubstr("this machine does not have that address"));
}

TEST_F(Doctor, ports_of_a_running_candor_are_no_fault) {
    const Occupied own = occupy_port();
    config_.listen.console.port = own.port;
    std::filesystem::create_directory(config_.storage.folder);
    const auto lock = store::FolderLock::acquire(config_.storage.folder, "journal.lock");
    ASSERT_TRUE(lock);
    EXPECT_TRUE(is_running(config_));
    EXPECT_EQ(lines(examine_listeners(config_), Grade::kFail), "");
}

TEST_F(Doctor, looking_leaves_nothing_behind) {
    EXPECT_THAT(lines(examine_storage(config_), Grade::kOk), HasSubstr("can be made"));
    EXPECT_FALSE(is_running(config_));
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
    std::filesystem::create_directory(config_.storage.folder);
    EXPECT_THAT(lines(examine_storage(config_), Grade::kOk), HasSubstr("can be written"));
    EXPECT_TRUE(std::filesystem::is_empty(config_.storage.folder));
}

TEST_F(Doctor, warns_of_a_folder_that_others_can_write) {
    std::filesystem::create_directory(config_.storage.folder);
    for (const mode_t mode : {0777U, 0770U}) {
        ASSERT_EQ(::chmod(config_.storage.folder.c_str(), mode), 0);
        EXPECT_THAT(lines(examine_storage(config_), Grade::kWarn),
                    HasSubstr("others than its user can write there → chmod 700 "));
    }
    ASSERT_EQ(::chmod(config_.storage.folder.c_str(), 0750), 0);
    EXPECT_THAT(lines(examine_storage(config_), Grade::kWarn), Not(HasSubstr("others than")));
}

TEST_F(Doctor, a_folder_that_takes_no_file_fails) {
    config_.storage.folder = "/proc/candor";  // read-only for everybody, root included
    EXPECT_THAT(lines(examine_storage(config_), Grade::kFail),
                HasSubstr("cannot write into /proc"));
}

TEST_F(Doctor, a_file_in_the_place_of_the_folder_fails) {
    write(folder_ + "/data", "");
    EXPECT_THAT(lines(examine_storage(config_), Grade::kFail), HasSubstr("is not a folder"));
}

TEST_F(Doctor, a_secret_that_others_can_read_fails) {
    std::filesystem::create_directory(config_.storage.folder);
    const std::string path = config_.storage.folder + "/operator.token";
    write(path, std::string(64, 'a') + "\n");
    ::chmod(path.c_str(), 0644);
    EXPECT_THAT(lines(examine_storage(config_), Grade::kFail), HasSubstr("can be read by others"));
}

TEST_F(Doctor, names_are_resolved) {
    HttpTarget target;
    const std::string bad(70, 'x');  // longer than a label may be: refused without asking anybody
    target.url = "http://" + bad + "/";
    config_.checks = {check_of("good", TcpTarget{"localhost", 80}), check_of("bad", target)};
    const Findings found = examine_names(config_);
    EXPECT_THAT(lines(found, Grade::kOk), HasSubstr("1 of 2 resolve"));
    EXPECT_THAT(lines(found, Grade::kFail), HasSubstr(bad + ", of check `bad`, does not resolve"));
}

TEST_F(Doctor, warns_when_the_page_watches_its_own_machine) {
    config_.checks = {check_of("here", TcpTarget{"127.0.0.1", 80})};
    EXPECT_THAT(lines(examine_names(config_), Grade::kWarn), HasSubstr("one failure takes both"));
    config_.topology.page.url = "http://127.0.0.1:8080";
    EXPECT_THAT(lines(examine_names(config_), Grade::kWarn), HasSubstr("page.url is the watched"));
    config_.checks = {check_of("away", TcpTarget{"192.0.2.1", 80})};
    EXPECT_EQ(lines(examine_names(config_), Grade::kWarn), "");
}

TEST_F(Doctor, few_targets_without_anchors_warn) {
    for (int i = 1; i <= 3; ++i) {
        const std::string host = "192.0.2." + std::to_string(i);
        config_.checks.push_back(check_of(host, TcpTarget{host, 80}, host));
    }
    EXPECT_THAT(lines(examine_sight(config_), Grade::kWarn), HasSubstr("only 3 unrelated targets"));
    config_.checks.push_back(check_of("again", TcpTarget{"192.0.2.1", 81}, "192.0.2.1"));
    EXPECT_THAT(lines(examine_sight(config_), Grade::kWarn), HasSubstr("only 3 unrelated targets"));
    config_.checks.push_back(check_of("four", TcpTarget{"192.0.2.4", 80}, "192.0.2.4"));
    EXPECT_THAT(lines(examine_sight(config_), Grade::kOk), HasSubstr("4 unrelated targets"));
}

TEST_F(Doctor, tries_each_anchor) {
    const Occupied alive = occupy_port();
    std::uint16_t dead = 0;
    {
        dead = occupy_port().port;
    }
    const auto anchor = [&](int number, std::uint16_t port) {
        return check_of("anchor-" + std::to_string(number), TcpTarget{"127.0.0.1", port});
    };
    config_.observer.anchors = {anchor(1, alive.port), anchor(2, dead)};
    Findings found = examine_anchors(config_);
    EXPECT_EQ(lines(found, Grade::kFail), "");
    EXPECT_THAT(lines(found, Grade::kWarn), HasSubstr(std::to_string(alive.port) + " is on this"));
    EXPECT_THAT(lines(found, Grade::kWarn), HasSubstr(std::to_string(dead) + " does not answer"));

    config_.observer.anchors = {anchor(1, dead)};
    found = examine_anchors(config_);
    EXPECT_THAT(lines(found, Grade::kFail), HasSubstr("no anchor answers"));
}

TEST_F(Doctor, commands_must_be_executable) {
    write(folder_ + "/plain.sh", "#!/bin/sh\n");
    config_.checks = {check_of("path", CommandTarget{{"sh", "-c", "true"}}),
                      check_of("file", CommandTarget{{"/bin/sh"}}),
                      check_of("plain", CommandTarget{{folder_ + "/plain.sh"}}),
                      check_of("none", CommandTarget{{"no-such-program-here"}}),
                      check_of("folder", CommandTarget{{folder_}})};
    const Findings found = examine_commands(config_);
    EXPECT_THAT(lines(found, Grade::kOk), HasSubstr("2 can be run"));
    const std::string failed = lines(found, Grade::kFail);
    for (const char* id : {"`plain`", "`none`", "`folder`"}) EXPECT_THAT(failed, HasSubstr(id));
}

TEST_F(Doctor, ping_checks_need_the_system_s_permission) {
    EXPECT_TRUE(examine_pings(config_).empty());
    config_.checks = {check_of("p", PingTarget{"127.0.0.1"})};
    const Findings found = examine_pings(config_);
    ASSERT_EQ(found.size(), 1U);
    if (found[0].grade != Grade::kOk) {
        EXPECT_THAT(found[0].remedy, HasSubstr("net.ipv4.ping_group_range"));
    }
}

TEST_F(Doctor, a_clock_that_went_back_fails) {
    EXPECT_EQ(lines(examine_clock(config_), Grade::kFail), "");
    std::filesystem::create_directory(config_.storage.folder);
    const std::string journal = config_.storage.folder + "/journal.db";
    write(journal, "");
    timeval times[2]{};
    ::gettimeofday(&times[0], nullptr);
    times[0].tv_sec += 3600;
    times[1] = times[0];
    ASSERT_EQ(::utimes(journal.c_str(), times), 0);
    EXPECT_THAT(lines(examine_clock(config_), Grade::kFail), HasSubstr("the clock went back"));
}

// In a process of its own: a lowered hard limit cannot be raised again.
TEST_F(Doctor, few_descriptors_warn_and_very_few_fail) {
    const auto grade_with = [](rlim_t most) {
        const rlimit limit{.rlim_cur = most, .rlim_max = most};
        ::setrlimit(RLIMIT_NOFILE, &limit);
        ::_Exit(static_cast<int>(examine_descriptors().at(0).grade));
    };
    EXPECT_EXIT(grade_with(4096), testing::ExitedWithCode(static_cast<int>(Grade::kWarn)), "");
    EXPECT_EXIT(grade_with(512), testing::ExitedWithCode(static_cast<int>(Grade::kFail)), "");
}

// --- the command ---------------------------------------------------------------------------------

struct Ran {
    int exit = 0;
    std::string out;
};

Ran run(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    testing::internal::CaptureStdout();
    Ran ran;
    ran.exit = run_command_line(static_cast<int>(argv.size()), argv.data());
    ran.out = testing::internal::GetCapturedStdout();
    return ran;
}

TEST_F(Doctor, the_command_says_line_by_line_and_exits_1_when_something_fails) {
    const Occupied other = occupy_port();
    const std::string file = folder_ + "/candor.yaml";
    const std::string page = "page: { name: Acme }\nstorage: { url: \"sqlite:" + folder_ +
                             "/data\" }\n"
                             "components: [ { id: a, name: A, checks: [ { id: t, tcp: { address: "
                             "\"192.0.2.1:80\" } } ] } ]\n";
    write(file, page + "listen: { public: \"127.0.0.1:0\", intake: \"127.0.0.1:" +
                    std::to_string(other.port) + "\", console: \"127.0.0.1:0\" }\n");
    Ran ran = run({"candor", "doctor", "--config", file});
    EXPECT_EQ(ran.exit, 1) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("  fail  listen.intake"));
    EXPECT_THAT(ran.out, HasSubstr("→ stop the program that holds it"));
    EXPECT_THAT(ran.out, HasSubstr("  warn  sight"));

    write(file, page +
                    "listen: { public: \"127.0.0.1:0\", intake: \"127.0.0.1:0\", console: "
                    "\"127.0.0.1:0\" }\n");
    ran = run({"candor", "doctor", "--json", "--config", file});
    EXPECT_EQ(ran.exit, 0) << ran.out;
    EXPECT_TRUE(boost::json::parse(ran.out).at("good").as_bool());
}

TEST_F(Doctor, a_bad_configuration_is_a_finding) {
    const std::string file = folder_ + "/candor.yaml";
    write(file, "pagee: {}\n");
    const Ran ran = run({"candor", "doctor", "--json", "--config", file});
    EXPECT_EQ(ran.exit, 1);
    const auto answer = boost::json::parse(ran.out);
    EXPECT_FALSE(answer.at("good").as_bool());
    EXPECT_EQ(answer.at("findings").at(0).at("about").as_string(), "configuration");
    EXPECT_EQ(run({"candor", "doctor", "--nonsense"}).exit, 2);
}

}  // namespace
}  // namespace candor::app
