// What the runner of executions has to do: effects, and executions that are to be woken up.
//
// Threads: any.
#pragma once
#include <variant>

#include "executions/execution_records.h"
#include "server/agenda.h"

namespace weir::server {

using ExecutionAgenda = Agenda<std::variant<executions::Effect, executions::Wake>>;
using Job = ExecutionAgenda::Job;

}  // namespace weir::server
