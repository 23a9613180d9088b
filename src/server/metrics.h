// What the server counts about itself, in Prometheus' text form at /-/metrics.
//
// Threads: any. Counting on a warm thread is a hash lookup and an atomic addition.
#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace weir::server {

class Metrics {
 public:
  Metrics();
  ~Metrics();
  // `service` and `operation` are names from the tables of wire (static storage), never text of a caller.
  void count_request(std::string_view service, std::string_view operation, int status, double seconds);
  // The page. `ready` is shown as a gauge.
  std::string text(bool ready) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace weir::server
