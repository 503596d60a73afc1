// What befalls a simulated world: outages, people, reloads, clocks, disks, crashes; then healing.
//
// Every seed draws its own mix of events, some of them absent (a swarm), so that rare combinations
// meet. Injects through the Stage only; judges nothing but the end: green, and red again. One
// thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/sim/stage.h"

namespace candor::sim {

class Life {
   public:
    explicit Life(Stage& stage);

    // One event, and then some time for it to show.
    void step();
    // All faults end; before long everything must be green and every incident closed.
    void heal();
    // One target dies for good; before long its component must be red, in words.
    void lose_one_target();

   private:
    using Event = void (Life::*)();
    struct Weighted {
        const char* name;
        Event event;
        std::int64_t weight;
    };

    void pass_time();
    void beat();
    void awake();

    void break_target();
    void mend_target();
    void mend_all();
    void cut_uplink();
    void restore_uplink();
    void mute_heartbeat();
    void ping_somehow();
    void reload();
    void step_clock();
    void suspend();
    void fill_disk();
    void free_disk();
    void fail_store();
    void fail_series();
    void cut_power();
    void crash();
    void restart();

    void declare();
    void post();
    void retract();
    void accept_monitoring();
    void take_on();
    void call_it_a_drill();
    void move_start();
    void merge();
    void split();
    void retry();
    void burst();
    void send(Command what, const std::string& text);
    std::string words();
    IncidentId some_incident();

    void sort_out_as_people_do(int minute);
    std::string not_calm() const;

    Stage& stage_;
    std::vector<Weighted> events_;
    std::set<CheckId> muted_;
    std::vector<CheckId> broken_;
    int words_ = 0;
    int keys_ = 0;
};

}  // namespace candor::sim
