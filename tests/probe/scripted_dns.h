// ScriptedDns: a name server on 127.0.0.1, UDP and TCP on one free port, whose answers are data.
//
// Answers every question alike, without looking at the name. One thread; the destructor joins it.
// For tests only.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace candor::probe::testing {

struct DnsRecord {
    int type = 1;      // A
    std::string data;  // as on the wire
    int of_class = 1;  // IN
};

struct DnsScript {
    std::vector<DnsRecord> records = {};
    int response_code = 0;
    bool silent = false;
    bool udp_truncated = false;    // UDP says "ask by TCP" and holds no record
    bool foreign_id = false;       // answers a question that nobody asked
    std::string raw_answers = {};  // instead of `records`: bytes that claim to be one record
};

class ScriptedDns final {
   public:
    explicit ScriptedDns(DnsScript script);
    ~ScriptedDns();
    ScriptedDns(const ScriptedDns&) = delete;
    ScriptedDns& operator=(const ScriptedDns&) = delete;

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    int udp_questions() const { return udp_questions_; }
    int tcp_questions() const { return tcp_questions_; }

   private:
    void serve();
    void serve_udp();
    void serve_tcp();
    std::string answer_to(const std::string& question, bool by_udp) const;

    DnsScript script_;
    int udp_ = -1;
    int tcp_ = -1;
    int stop_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> udp_questions_{0};
    std::atomic<int> tcp_questions_{0};
    std::thread thread_;
};

// "example.net" as on the wire.
std::string wire_name(const std::string& dotted);

}  // namespace candor::probe::testing
