// JSONata for the States Language: the reference implementation, run by a JavaScript engine in worker processes.
//
// Invariants: (1) every evaluation sees a fresh world: no expression finds anything another one left; (2) what it may
// use is bounded (workers/sandbox.h, worker/budget.h), and more ends it with an error; (3) chance and the clock are the scope's, so the
// same scope gives the same values. Workers begin when they are needed, and questions wait while all are busy.
//
// Threads: any. Source: AWS's guide "Transforming data with JSONata in Step Functions", jsonata.org.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "backends/jsonata/worker_process.h"
#include "workflow/expressions.h"

namespace weir::backends::jsonata {

class Engine final : public workflow::Expressions {
 public:
  explicit Engine(std::string program = worker_program(), size_t workers_max = 2);

  base::Result<std::vector<std::string>> check(std::string_view expression) const override;
  std::vector<workflow::Answer> evaluate(const std::vector<const workflow::JsonataQuery*>& queries,
                                         const workflow::Scope& scope) const override;

 private:
  using Worker = std::unique_ptr<WorkerProcess>;
  base::Result<std::string> ask_any(const std::string& question) const;
  base::Result<Worker> take() const;
  void give_back(Worker worker) const;

  const std::string program_;
  const size_t workers_max_;
  mutable std::mutex mutex_;  // guards what follows
  mutable std::condition_variable freed_;
  mutable std::vector<Worker> idle_;
  mutable size_t busy_ = 0;
};

}  // namespace weir::backends::jsonata
