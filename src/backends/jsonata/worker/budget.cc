#include "backends/jsonata/worker/budget.h"

#include <sys/time.h>

namespace weir::backends::jsonata {

void begin_budget() {
  itimerval budget{{0, 0}, {kEvaluationMsMax / 1000, kEvaluationMsMax % 1000 * 1000}};
  setitimer(ITIMER_PROF, &budget, nullptr);  // SIGPROF, unhandled, ends the process
}

void end_budget() {
  itimerval none{};
  setitimer(ITIMER_PROF, &none, nullptr);
}

}  // namespace weir::backends::jsonata
