#include "services/weir/console_operations.h"

#include "app/people/console.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

ConsoleDescription to_wire(const people::Console& console) {
  ConsoleDescription out;
  out.Account = console.account;
  out.UserPoolId = console.user_pool;
  out.UserPoolClientId = console.client;
  out.IdentityPoolId = console.identity_pool;
  return out;
}

}  // namespace

base::Result<ConsoleDescription> put_console(app::Call& call, const PutConsoleRequest& in) {
  WEIR_TRY(auto put, app::put_console(call, {{}, *in.UserPoolId, *in.UserPoolClientId, *in.IdentityPoolId}));
  return to_wire(put);
}

base::Result<ConsoleDescription> get_console(app::Call& call, const GetConsoleRequest&) {
  WEIR_TRY(auto found, app::get_console(call));
  return to_wire(found);
}

base::Result<DeleteConsoleResponse> delete_console(app::Call& call, const DeleteConsoleRequest&) {
  WEIR_CHECK_OK(app::delete_console(call));
  return DeleteConsoleResponse{};
}

}  // namespace weir::services
