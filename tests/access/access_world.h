// A whole Candor on a folder and ports of its own, and people who talk to its console.
//
// The test's thread only. Everything is real: journal, passwords, sockets. Nothing is measured but
// one heartbeat that nobody sends.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "app/live_server.h"
#include "tests/contract/temp_folder.h"
#include "tests/http/talk.h"

namespace candor::test {

inline constexpr const char* kGoodPassword = "a long night in april";

// What somebody presents with each call.
struct Presented {
    std::string token = {};
    std::string cookie = {};
    std::string csrf = {};
    std::string extra = {};  // whole header lines
};

class AccessWorld : public ::testing::Test {
   protected:
    void SetUp() override { start(); }
    // Also a restart on the same folder.
    void start();
    void stop() { live_.reset(); }

    HttpAnswer call(const std::string& method, const std::string& path,
                    const std::string& body = "", const Presented& who = {});
    // As the operator of the machine.
    HttpAnswer as_operator(const std::string& method, const std::string& path,
                           const std::string& body = "", const std::string& extra = "");

    // Makes a user and returns their id.
    std::string make_user(const std::string& name, const std::string& role);
    HttpAnswer sign_in(const std::string& mail, const std::string& password,
                       const std::string& code = "", const Presented& who = {});
    // What a browser holds after this answer.
    static Presented browser_of(const HttpAnswer& signed_in);
    // A user of this role who has signed in.
    Presented person(const std::string& role);

    // The value of one string member in a flat part of a JSON text.
    static std::string member(const std::string& json, const std::string& name);
    std::uint16_t port() const { return live_->listening().console.port; }

    TempFolder folder_;
    std::unique_ptr<app::LiveServer> live_;
    std::string operator_token_;
};

}  // namespace candor::test
