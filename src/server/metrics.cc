#include "server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <unordered_map>

namespace weir::server {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30};

struct Series {
  prometheus::Counter* requests;
  prometheus::Histogram* seconds;
};

// The tables' names are unique by address, which makes a cheap key.
struct SeriesKey {
  const char* operation;
  const char* service;
  int status;
  bool operator==(const SeriesKey&) const = default;
};
struct SeriesHash {
  size_t operator()(const SeriesKey& key) const {
    return std::hash<const void*>{}(key.operation) * 31 + std::hash<const void*>{}(key.service) +
           static_cast<size_t>(key.status);
  }
};

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("weir_requests_total").Help("Requests answered").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds = prometheus::BuildHistogram()
                                                           .Name("weir_request_seconds")
                                                           .Help("Time from the request's head to its answer")
                                                           .Register(registry);
  prometheus::Gauge& ready =
      prometheus::BuildGauge().Name("weir_ready").Help("1 while requests are served").Register(registry).Add({});

  Series make(const SeriesKey& key, std::string_view service, std::string_view operation) {
    prometheus::Labels labels = {{"service", std::string(service)}, {"operation", std::string(operation)}};
    auto& histogram = seconds.Add(labels, kSeconds);
    labels["status"] = std::to_string(key.status);
    return {&requests.Add(labels), &histogram};
  }
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view service, std::string_view operation, int status, double seconds) {
  thread_local std::unordered_map<SeriesKey, Series, SeriesHash> known;
  thread_local const State* owner = nullptr;
  if (owner != state_.get()) known.clear(), owner = state_.get();
  SeriesKey key{operation.data(), service.data(), status};
  auto found = known.find(key);
  if (found == known.end()) found = known.emplace(key, state_->make(key, service, operation)).first;
  found->second.requests->Increment();
  found->second.seconds->Observe(seconds);
}

std::string Metrics::text(bool ready) const {
  state_->ready.Set(ready ? 1 : 0);
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace weir::server
