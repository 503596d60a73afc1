// The last six hours of one stream, kept so that its windows can be asked at any moment.
//
// Fed with the same parts that are stored, in any order; what is older than the windows is dropped.
// Pure; one thread.
#pragma once

#include <map>
#include <vector>

#include "base/time.h"
#include "impact/customer_set.h"
#include "impact/minute_record.h"
#include "model/outcome_windows.h"

namespace candor::impact {

inline constexpr Duration kRecentKept = hours(6);

class RecentMinutes final {
   public:
    // Part of a minute, or a whole one: parts add up.
    void add(Timestamp minute, const MinuteRecord& part);

    OutcomeWindows windows(Timestamp now) const;

    // Customers with a failure in minutes that start within [from, to), as far back as is kept.
    CustomerSet failing(Timestamp from, Timestamp to) const;

    // Forgets what no window reaches any more.
    void forget(Timestamp now);

   private:
    struct Minute {
        Tally total;
        CustomerSet failing;
        CustomerSet seen;                    // while within five minutes
        std::vector<CustomerTally> tallies;  // of all customers, while within kDownWindow
    };

    OutcomeWindow window(Timestamp now, Duration length) const;
    CustomersDown down(Timestamp now) const;
    auto since(Timestamp now, Duration length) const;

    std::map<Timestamp, Minute> minutes_;
};

}  // namespace candor::impact
