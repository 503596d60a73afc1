// Acme Cloud as a whole: one listener per area, the name server, and the control address.
//
// What each URL answers stands in service.cc. The control address is for `make outage` and for the
// job scripts; like all others it listens on loopback only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "acme/area.h"
#include "acme/calls.h"
#include "acme/database.h"
#include "acme/faults.h"
#include "acme/http.h"
#include "acme/listener.h"
#include "acme/name_server.h"

namespace acme {

class Service {
   public:
    // `base_port` P: control on P, areas on P+1 …, names on P+53; 0 lets the system choose them
    // all.
    Service(std::unique_ptr<Database> database, std::uint16_t base_port);

    // "" or the reason why not.
    std::string open();
    // Opens and closes the areas' listeners as the faults say; called a few times a second.
    void follow_faults();
    // JSON object: {"control":7100,"directory":7101,…,"dns":7153}.
    std::string ports() const;

   private:
    Answer answer(Area area, const Request& request);
    Answer answer_area(Area area, const Request& request);
    Answer answer_control(const Request& request);
    Answer break_something(const Request& request);
    Answer stats();
    void greet_voicemail(int connection);

    std::unique_ptr<Database> database_;
    Calls calls_;
    Faults faults_;
    NameServer name_server_;
    std::uint16_t base_port_;
    Listener control_;
    std::array<std::unique_ptr<Listener>, kAreas.size()> areas_;
};

}  // namespace acme
