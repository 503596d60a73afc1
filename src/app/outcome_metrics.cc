#include "app/outcome_metrics.h"

namespace candor::app {
namespace {

using web::MetricFamily;
using web::MetricLabels;
using web::MetricSample;
using web::MetricType;

MetricSample sample(MetricLabels labels, std::uint64_t count) {
    return {"", std::move(labels), static_cast<double>(count)};
}

}  // namespace

std::vector<MetricFamily> outcome_metrics(const OutcomeStats& stats) {
    return {{"candor_outcomes",
             "Lines of outcomes that were sent, by whether they count.",
             MetricType::kCounter,
             "",
             {sample({{"result", "accepted"}}, stats.accepted),
              sample({{"result", "rejected"}}, stats.rejected)}},
            {"candor_outcome_bodies_refused",
             "Bodies of outcomes that were refused whole.",
             MetricType::kCounter,
             "",
             {sample({}, stats.refused_bodies)}},
            {"candor_outcome_commits",
             "Times that counted outcomes were written, by whether that worked.",
             MetricType::kCounter,
             "",
             {sample({{"result", "good"}}, stats.commits),
              sample({{"result", "failed"}}, stats.failed_commits)}},
            {"candor_outcome_customers",
             "Customers that were ever seen in outcomes.",
             MetricType::kGauge,
             "",
             {sample({}, stats.customers)}},
            {"candor_outcome_streams",
             "Streams of outcomes that were ever seen.",
             MetricType::kGauge,
             "",
             {sample({}, stats.streams)}}};
}

}  // namespace candor::app
