#include "server/first_console.h"

#include "app/operations.h"
#include "app/organizations/accounts.h"
#include "cli/console_setup.h"

namespace weir::server {
namespace {

// What the administrator of an account does, done by the server itself. Each operation sees what those before it left.
class AdministratorsOwn {
 public:
  AdministratorsOwn(app::Lake& lake, std::string account) : lake_(lake), account_(std::move(account)) {}

  base::Result<base::Json> operator()(std::string_view service, std::string_view operation,
                                      const base::Json& request) const {
    WEIR_TRY(auto call, this->call(service, operation));
    WEIR_TRY(auto done, lake_.operations->perform(call, service, operation, request.dump()));
    if (!done.accepted) return base::fail(base::Kind::invalid, done.message, done.code);
    return done.answer.empty() ? base::Json::object() : base::parse_json(done.answer);
  }

 private:
  base::Result<app::Call> call(std::string_view service, std::string_view operation) const {
    WEIR_TRY(auto state, lake_.governance.current());
    auto arn = "arn:aws:iam::" + account_ + ":user/" + std::string(app::kAdministrator);
    const auto* administrator = state->directory.find_user_by_arn(arn);
    if (!administrator) return base::internal("the first account has no administrator");
    app::Facts facts;
    facts.service = service;
    facts.operation = operation;
    facts.request_id = base::quick_uuid();
    facts.source_ip = facts.user_agent = "weir.serve";
    facts.tls = true;
    facts.now = lake_.clock.now();
    auto principal = (*administrator)->principal;
    return app::Call(lake_, std::move(state), std::move(principal), std::move(facts));
  }

  app::Lake& lake_;
  const std::string account_;
};

}  // namespace

base::Result<base::Secret> make_first_console(app::Lake& lake, const std::string& account) {
  cli::ConsoleSetup setup(AdministratorsOwn(lake, account), lake.region, account);
  WEIR_TRY(auto console, setup.make());
  return setup.let_administrator_in(console, std::string(kFirstPerson), lake.randomness);
}

}  // namespace weir::server
