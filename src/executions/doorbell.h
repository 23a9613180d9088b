// Wakes who waits for something that a commit brings: a worker for a task, a caller for the end of an execution.
//
// A waiter says its name first, looks in the store then, and waits: what happens in between rings already. One ring
// wakes one waiter of that name, the one that waits longest.
//
// Threads: any.
#pragma once
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace weir::executions {

class Doorbell {
 public:
  // A place at the door; leaves it when it goes. A ring it was given and did not use goes to the next.
  class Waiter {
   public:
    Waiter(Doorbell& bell, std::string name);
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    // True when it rang since the last wait; false at the deadline, or when the bell is closed.
    bool wait_until(std::chrono::steady_clock::time_point deadline);

   private:
    friend class Doorbell;
    Doorbell& bell_;
    const std::string name_;
    bool rung_ = false;
    std::condition_variable wakes_;
    std::list<Waiter*>::iterator place_;
  };

  void ring(std::string_view name);
  // Nobody waits any more: for the end of the program.
  void close();

 private:
  void ring_one(std::string_view name);  // mutex_ held
  std::mutex mutex_;                     // guards what follows and every Waiter's rung_
  std::list<Waiter*> waiters_;
  bool closed_ = false;
};

}  // namespace weir::executions
